"""The answer to an inquiry as a file that equals the screen: workbook, CSV and Parquet."""
