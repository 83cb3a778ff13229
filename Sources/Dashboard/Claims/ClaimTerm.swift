internal import Domain
internal import Filter

/// How long somebody has a row, as an operator writes it.
enum ClaimTerm {
    /// What is offered, one after another; the first is what it begins with.
    static let presets = ["1h", "2h", "4h", "8h", "24h", open, "30m"]
    static let open = "until I give it back"
    /// The least and the most, in seconds.
    private static let span = 60.0...30 * 86_400.0

    /// Reads `1h`, `08:00` or `until I give it back`; nothing is the last.
    ///
    /// - Returns: seconds from now on; nil for until it is given back.
    static func read(_ text: String, now: Timestamp, zone: Int) throws(FilterRemark) -> Double? {
        let words = text.split(separator: " ").joined(separator: " ").lowercased()
        if words.isEmpty || open.lowercased().hasPrefix(words) { return nil }
        let start = text.prefix { $0 == " " }.count
        if words.contains(":") {
            let parts = words.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, words.utf8.count <= 5, let hour = parts[0], let minute = parts[1],
                (0..<24).contains(hour), (0..<60).contains(minute)
            else { throw FilterRemark(column: start, words: "a time of day is written as 08:00") }
            let second = Int((now.seconds + Int64(zone)) % 86_400)
            let wanted = hour * 3_600 + minute * 60
            return Double(wanted - second + (wanted > second ? 0 : 86_400))
        }
        guard let read = Quantity.read(words), read.unit == .time else {
            throw FilterRemark(column: start, words: "write 30m, 1h, 08:00 or \(open)")
        }
        guard span.contains(read.number) else {
            throw FilterRemark(column: start, words: "from 1m to 30d")
        }
        return read.number
    }
}
