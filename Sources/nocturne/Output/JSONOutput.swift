import Domain
import Filter

/// Flat objects: `backend`, `kind`, `id`, `name`, `fetched_at`, then a member per field.
enum JSONOutput {
    /// Whether the objects stand in an array or each on a line of its own.
    enum Shape { case array, lines }

    /// Prints row by row.
    static func print(_ listing: Listing, _ shape: Shape, to buffer: inout OutputBuffer) {
        let columns = listing.objectColumns
        let writer = CellWriter(listing, columns, .json)
        // What stands before each value is the same in every row.
        let heads = columns.enumerated().map { place, column -> [UInt8] in
            var bytes = Array(place == 0 ? "{".utf8 : ",".utf8)
            ValueFormat.json.append(column.key, to: &bytes)
            return bytes + [UInt8(ascii: ":")]
        }
        if shape == .array { buffer.append("[") }
        for position in 0..<listing.count {
            if shape == .array { buffer.append(position == 0 ? "\n" : ",\n") }
            for place in heads.indices {
                buffer.bytes.append(contentsOf: heads[place])
                writer.append(place, of: position, to: &buffer.bytes)
            }
            buffer.append(shape == .array ? "}" : "}\n")
            buffer.flushIfLarge()
        }
        if shape == .array { buffer.append(listing.count == 0 ? "]\n" : "\n]\n") }
        buffer.flush()
    }
}
