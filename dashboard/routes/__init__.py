"""Routes beside the pages, one thin file each: what comes in is read, what is asked for is sent."""
