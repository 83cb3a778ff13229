import Domain
import Filter

/// Comma-separated values by RFC 4180: a line of names, then a line per row; no value is an empty field.
enum CSVOutput {
    /// Prints row by row.
    ///
    /// - Parameter hasTitles: whether the first line has the names of the columns.
    static func print(_ listing: Listing, hasTitles: Bool = true, to buffer: inout OutputBuffer) {
        let columns = listing.valueColumns
        let writer = CellWriter(listing, columns, .csv)
        if hasTitles {
            for (place, column) in columns.enumerated() {
                if place > 0 { buffer.append(",") }
                ValueFormat.csv.append(column.key, to: &buffer.bytes)
            }
            buffer.append("\r\n")
        }
        for position in 0..<listing.count {
            for place in columns.indices {
                if place > 0 { buffer.append(",") }
                writer.append(place, of: position, to: &buffer.bytes)
            }
            buffer.append("\r\n")
            buffer.flushIfLarge()
        }
        buffer.flush()
    }
}
