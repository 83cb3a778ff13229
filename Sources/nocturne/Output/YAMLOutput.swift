import Domain
import Filter

/// A list of the objects that JSON has, as YAML.
enum YAMLOutput {
    /// Prints row by row.
    static func print(_ listing: Listing, to buffer: inout OutputBuffer) {
        let columns = listing.objectColumns
        let writer = CellWriter(listing, columns, .yaml)
        let heads = columns.enumerated().map { place, column -> [UInt8] in
            var bytes = Array(place == 0 ? "- ".utf8 : "  ".utf8)
            ValueFormat.yaml.append(column.key, to: &bytes)
            return bytes + [UInt8(ascii: ":"), UInt8(ascii: " ")]
        }
        if listing.count == 0 { buffer.append("[]\n") }
        for position in 0..<listing.count {
            for place in heads.indices {
                buffer.bytes.append(contentsOf: heads[place])
                writer.append(place, of: position, to: &buffer.bytes)
                buffer.append("\n")
            }
            buffer.flushIfLarge()
        }
        buffer.flush()
    }
}

/// A line per row with what commands and `show` take: `kind/id`.
enum NameOutput {
    /// Prints row by row.
    static func print(_ listing: Listing, to buffer: inout OutputBuffer) {
        for position in 0..<listing.count {
            let handle = listing.arrangement.rows[position]
            let entity = listing.arrangement.tables[handle.table].refs[handle.row]
            buffer.append("\(entity.kind)/\(entity.id)\n")
            buffer.flushIfLarge()
        }
        buffer.flush()
    }
}
