internal import Domain

/// The last entry of an alert's note, to which newer servers append `DATE - Ack (USER) TEXT` each time.
struct AlertNote: Sendable, Equatable {
    private static let mark = " - Ack ("

    /// The entry in one line, as the server wrote it; empty for none.
    let whole: String
    /// The entry without its date, as in `ana: splicer on site`.
    let short: String

    /// Reads a note.
    ///
    /// An entry may have several lines; what is not from the server has the last line as its entry.
    init(_ note: String) {
        let lines = note.split(whereSeparator: \.isNewline).map { Cleaning.clean($0) }
            .filter { !$0.allSatisfy(\.isWhitespace) }
        let start = lines.lastIndex { $0.contains(Self.mark) } ?? max(lines.count - 1, 0)
        let entry = lines[min(start, lines.count)...].joined(separator: " ")
        whole = entry
        guard let mark = entry.firstRange(of: Self.mark),
            let close = entry[mark.upperBound...].firstIndex(of: ")")
        else {
            short = entry
            return
        }
        let user = entry[mark.upperBound..<close]
        let text = entry[entry.index(after: close)...].drop { $0 == " " }
        short = text.isEmpty ? String(user) : "\(user): \(text)"
    }
}
