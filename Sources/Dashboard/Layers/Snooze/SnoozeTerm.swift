internal import Domain
internal import Filter

/// How long something is hidden, as an operator writes it.
enum SnoozeTerm {
    /// The least and the most, in seconds.
    private static let span = 60.0...30 * 86_400.0
    private static let untilChange = "until it changes"

    /// Reads `1h`, `1h30m`, `08:00` or `until it changes`; nothing is the last.
    ///
    /// - Parameter zone: seconds that local time is east of UTC.
    /// - Returns: the moment, or nil for until it changes.
    static func read(_ text: String, now: Timestamp, zone: Int) throws(FilterRemark) -> Timestamp? {
        let words = text.split(separator: " ").joined(separator: " ").lowercased()
        if words.isEmpty || untilChange.hasPrefix(words) || untilChange.hasSuffix(words) { return nil }
        let start = text.prefix { $0 == " " }.count
        if let colon = words.firstIndex(of: ":") {
            let (hour, minute) = (words[..<colon], words[words.index(after: colon)...])
            guard let hour = Int(hour), let minute = Int(minute), (0..<24).contains(hour),
                (0..<60).contains(minute), words.count <= 5
            else { throw FilterRemark(column: start, words: "a time of day is written as 08:00") }
            let second = Int((now.seconds + Int64(zone)) % 86_400)
            let wanted = hour * 3600 + minute * 60
            return Timestamp(now.seconds + Int64(wanted - second + (wanted > second ? 0 : 86_400)))
        }
        guard let read = Quantity.read(words), read.unit == .time else {
            throw FilterRemark(column: start, words: "write 30m, 1h, 08:00 or \(untilChange)")
        }
        guard span.contains(read.number) else {
            throw FilterRemark(column: start, words: "from 1m to 30d")
        }
        return Timestamp(now.seconds + Int64(read.number))
    }
}
