internal import Domain

/// The date format of HTTP headers: `Sat, 21 Nov 2026 01:30:50 GMT`.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func parse(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        return CivilTime.parse("\(parts[3])-\(number)-\(parts[1]) \(parts[4])Z", clock: utc)
    }

    private static let utc = ServerClock(offset: 0, isCertain: true)
}
