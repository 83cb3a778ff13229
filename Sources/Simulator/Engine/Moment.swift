internal import Domain

/// A moment as servers print it, in Unix seconds.
struct Moment {
    let seconds: Int

    init(_ seconds: Int) { self.seconds = seconds }

    /// Reads `2026-11-21 01:23:05`, at no zone; the seconds need not be there.
    static func seconds(reading text: String) -> Int? {
        let whole = text.utf8.count == 16 ? text + ":00" : text
        return CivilTime.parse(whole, clock: ServerClock(offset: 0, isCertain: true)).map { Int($0.seconds) }
    }

    /// The date and the time of day in UTC; add the zone first to get local ones.
    private var fields: CivilTime.Fields { CivilTime.fields(Timestamp(Int64(seconds)), offset: 0) }

    var day: Int { fields.day }

    /// 0 is Sunday.
    var weekday: Int { ((floorDivide(seconds, by: 86_400) + 4) % 7 + 7) % 7 }

    /// Writes `2026-11-21 01:23:05`, or `2026-11-21T01:23:05.000000Z`.
    ///
    /// A list has a moment in each of its rows, so no text is made for it.
    func write(isUTC: Bool, into bytes: inout [UInt8]) {
        let fields = fields
        func two(_ value: Int, after separator: Unicode.Scalar? = nil) {
            if let separator { bytes.append(UInt8(ascii: separator)) }
            bytes.append(UInt8(ascii: "0") + UInt8(value / 10 % 10))
            bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
        }
        two(fields.year / 100)
        two(fields.year % 100)
        two(fields.month, after: "-")
        two(fields.day, after: "-")
        two(fields.hour, after: isUTC ? "T" : " ")
        two(fields.minute, after: ":")
        two(fields.second, after: ":")
        if isUTC { bytes.append(contentsOf: ".000000Z".utf8) }
    }

    /// `2026-11-21 01:23:05`.
    var text: String { fields.text }

    /// `2026-11-21T01:23:05`.
    var isoText: String { fields.iso8601 }

    /// `Sat, 21 Nov 2026 01:30:50`, without a zone, as mail and HTTP write it.
    var mailText: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let fields = fields
        let day = Line.padded(fields.day, to: 2)
        return "\(weekdays[weekday]), \(day) \(months[fields.month - 1]) \(fields.year) \(fields.time)"
    }
}
