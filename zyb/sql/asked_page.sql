-- One page of what was asked for: found in the narrow columns, and only its rows are then read in full.
with part as ({found})
select {chosen} from part join {rows} as lines on lines.rowid = part.place
{ordered}
