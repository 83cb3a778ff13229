/// Calendar arithmetic without a library: what servers write as `2026-11-21 03:14:22`.
public enum CivilTime {
    /// Reads `YYYY-MM-DD[ T]HH:MM:SS[.fraction][Z|±HH:MM]`.
    ///
    /// - Returns: the Unix seconds; without a zone in the text, `clock` says what the time means. Nil for
    ///   anything else, and for the zero date `0000-00-00 00:00:00`.
    public static func parse(_ text: some StringProtocol, clock: ServerClock) -> Timestamp? {
        var bytes = Array(text.utf8)
        guard bytes.count >= 19 else { return nil }
        func number(_ from: Int, _ count: Int) -> Int? {
            var value = 0
            for index in from..<from + count {
                guard index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 else { return nil }
                value = value * 10 + Int(bytes[index] - 48)
            }
            return value
        }
        guard bytes[4] == 45, bytes[7] == 45, bytes[10] == 32 || bytes[10] == 84, bytes[13] == 58,
            bytes[16] == 58,
            let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
            let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
            year > 0, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var offset = clock.offset
        bytes.removeFirst(19)
        if bytes.first == 46 { bytes = Array(bytes.dropFirst().drop { $0 >= 48 && $0 <= 57 }) }
        if bytes == [90] {
            offset = 0
        } else if let sign = bytes.first {
            guard sign == 43 || sign == 45, let hours = number(1, 2) else { return nil }
            let minutes = number(bytes.count > 5 ? 4 : 3, 2) ?? 0
            offset = (sign == 45 ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
        let days = daysSince1970(year: year, month: month, day: day)
        return Timestamp(Int64(days * 86400 + hour * 3600 + minute * 60 + second - offset))
    }

    /// The date and time of a moment, `offset` seconds east of UTC.
    public static func fields(_ moment: Timestamp, offset: Int) -> Fields {
        let local = Int(moment.seconds) + offset
        let days = local >= 0 ? local / 86400 : (local - 86399) / 86400
        let second = local - days * 86400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return Fields(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            hour: second / 3600, minute: second / 60 % 60, second: second % 60)
    }

    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// A date and a time of day.
    public struct Fields: Sendable, Equatable {
        /// The Gregorian date.
        public var year: Int, month: Int, day: Int
        /// The time of day.
        public var hour: Int, minute: Int, second: Int

        /// `2026-11-21 03:14:22`.
        public var text: String { "\(year)-\(two(month))-\(two(day)) \(time)" }
        /// `03:14:22`.
        public var time: String { "\(two(hour)):\(two(minute)):\(two(second))" }
        private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    }
}
