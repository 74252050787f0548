"""What lists share that are filtered, sorted and paged in the database: controls, chips, pages, and files of what is shown."""
