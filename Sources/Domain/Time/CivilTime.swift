/// Calendar arithmetic without a library: what servers write as `2026-11-21 03:14:22`.
public enum CivilTime {
    /// Reads `YYYY-MM-DD[ T]HH:MM:SS[.fraction][Z|±HH:MM]`.
    ///
    /// - Returns: the Unix seconds; without a zone in the text, `clock` says what the time means. Nil for
    ///   anything else, and for the zero date `0000-00-00 00:00:00`.
    public static func parse(_ text: some StringProtocol, clock: ServerClock) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[4] == 45, bytes[7] == 45, bytes[10] == 32 || bytes[10] == 84,
            bytes[13] == 58, bytes[16] == 58,
            let year = number(bytes[..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]),
            year > 0, (1...12).contains(month), day >= 1, day <= daysIn(month, of: year),
            hour < 24, minute < 60, second < 61
        else { return nil }
        let days = daysSince1970(year: year, month: month, day: day)
        let local = Int64(days * 86400 + hour * 3600 + minute * 60 + second)
        guard let offset = offset(bytes[19...], local, clock) else { return nil }
        return Timestamp(local - Int64(offset))
    }

    /// The seconds east of UTC that stand behind a time: `[.fraction][Z|±HH[[:]MM]]`.
    private static func offset(_ bytes: ArraySlice<UInt8>, _ local: Int64, _ clock: ServerClock) -> Int? {
        var rest = bytes
        if rest.first == 46 {
            let digits = rest.dropFirst().prefix { $0 >= 48 && $0 <= 57 }
            if digits.isEmpty { return nil }
            rest = rest[digits.endIndex...]
        }
        guard let sign = rest.first else { return clock.zone.offset(ofLocal: local) }
        if sign == 90 { return rest.count == 1 ? 0 : nil }
        guard sign == 43 || sign == 45, let hours = number(rest.dropFirst().prefix(2)), hours < 24,
            rest.count >= 3
        else { return nil }
        rest = rest.dropFirst(3)
        var minutes = 0
        if !rest.isEmpty {
            if rest.first == 58 { rest = rest.dropFirst() }
            guard rest.count == 2, let read = number(rest), read < 60 else { return nil }
            minutes = read
        }
        return (sign == 45 ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// The number that some digits are; nil for anything else.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit >= 48, digit <= 57 else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return digits.isEmpty ? nil : value
    }

    private static func daysIn(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The date and time of a moment, `offset` seconds east of UTC.
    ///
    /// Moments some hundred thousand years away, which only a broken server names, are not told apart.
    public static func fields(_ moment: Timestamp, offset: Int) -> Fields {
        let farthest: Int64 = 1 << 43
        let local = Int(min(max(moment.seconds, -farthest), farthest)) + offset
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

    /// The days from 1970 to a Gregorian date; the month is from 1 to 12.
    package static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
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
        /// `2026-11-21T03:14:22`, without a zone.
        public var iso8601: String { "\(year)-\(two(month))-\(two(day))T\(time)" }
        /// `03:14:22`.
        public var time: String { "\(two(hour)):\(two(minute)):\(two(second))" }
        /// `03:14`.
        public var minutes: String { "\(two(hour)):\(two(minute))" }
        private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    }
}

extension Timestamp {
    /// ISO 8601 in UTC: `2026-11-21T03:14:22Z`.
    public var iso8601: String { CivilTime.fields(self, offset: 0).iso8601 + "Z" }
}
