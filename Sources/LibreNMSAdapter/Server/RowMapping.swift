internal import Domain
internal import JSON

/// Which keys of a wire row go unchanged to which fields of a table.
struct RowMapping: Sendable {
    /// How a value is read on its way.
    enum Reading: Sendable {
        case text, integer, number, flag
        /// A local time as text.
        case time
        /// Unix seconds.
        case unixTime
    }

    /// All keys: first those of `direct`, then those that the caller reads itself.
    let keys: JSONKeys
    private let direct: [(slot: Int, column: Int, reading: Reading)]

    /// Prepares a mapping.
    ///
    /// - Parameter extra: keys that need more than a reading; the caller finds them by `keys.slot`.
    init(
        _ resource: ResourceDescriptor, _ direct: [(String, FieldKey, Reading)], extra: [String]
    ) {
        keys = JSONKeys(direct.map(\.0) + extra)
        self.direct = direct.enumerated().compactMap { slot, entry in
            resource.index(of: entry.1).map { (slot, $0, entry.2) }
        }
    }

    /// The slot of a key that this mapping was prepared with.
    func slot(_ key: String) -> Int { keys.slot(key) ?? 0 }

    /// Sets the direct fields of the row that the builder is at.
    func set(_ rows: JSONRows, in builder: inout TableBuilder, clock: ServerClock) {
        for (slot, column, reading) in direct {
            switch reading {
            case .text:
                if rows.withUTF8(slot, { builder.set(column, utf8: $0) }) == nil, let text = rows.text(slot) {
                    builder.set(column, text: text)
                }
            case .integer: builder.set(column, integer: rows.int64(slot))
            case .number: builder.set(column, number: rows.double(slot))
            case .flag: builder.set(column, flag: rows.flag(slot))
            case .time:
                builder.set(column, time: rows.text(slot).flatMap { CivilTime.parse($0, clock: clock) })
            case .unixTime:
                builder.set(column, time: rows.int64(slot).flatMap { $0 > 0 ? Timestamp($0) : nil })
            }
        }
    }
}

extension ResourceDescriptor {
    /// The place of a field that this adapter declares itself, so that it is always there.
    func place(of key: FieldKey) -> Int { index(of: key) ?? 0 }
}
