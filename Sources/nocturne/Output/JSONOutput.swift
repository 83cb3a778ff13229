import Filter
import Domain
import JSON

/// An array of flat objects: `backend`, `kind`, `id`, `name`, `fetched_at`, then a member per field.
enum JSONOutput {
    /// Prints row by row, so that 100,000 rows need no memory of their own.
    static func print(_ listing: Listing) {
        var text = "["
        for position in 0..<listing.arrangement.count {
            text += position == 0 ? "\n" : ",\n"
            text += object(position, listing)
            if text.utf8.count > 1 << 16 {
                Console.write(text)
                text = ""
            }
        }
        Console.write(text + (listing.arrangement.count == 0 ? "]\n" : "\n]\n"))
    }

    private static func object(_ position: Int, _ listing: Listing) -> String {
        let table = listing.arrangement.table(position)
        let row = listing.arrangement.rows[position].row
        var members: [JSONTree.Member] = [
            .init("backend", .string(listing.backend(table))),
            .init("kind", .string(table.resource.kind.rawValue)),
            .init("id", .string(table.refs[row].id)),
            .init("name", .string(table.name(row))),
            .init("fetched_at", listing.fetchedAt[table.backend].map { .string(moment($0)) } ?? .null),
        ]
        let taken = Set(members.map(\.key))
        for field in listing.fields where !taken.contains(field.key.rawValue) {
            members.append(.init(field.key.rawValue, tree(table.value(row, field.key))))
        }
        return String(decoding: JSONTree.object(members).bytes, as: UTF8.self)
    }

    private static func tree(_ value: Value) -> JSONTree {
        switch value {
        case .none: .null
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .flag(let flag): .bool(flag)
        case .time(let time): .string(moment(time))
        case .ref(_, let name): .string(name)
        }
    }

    /// ISO 8601 in UTC.
    private static func moment(_ time: Timestamp) -> String {
        let fields = CivilTime.fields(time, offset: 0)
        return fields.text.split(separator: " ").joined(separator: "T") + "Z"
    }
}
