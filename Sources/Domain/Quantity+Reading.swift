extension Quantity {
    /// What the unit of a written quantity says about the number.
    public enum Unit: Sendable, Hashable {
        /// No unit.
        case bare
        /// A factor of a thousand or more: `k`, `M`, `G`, `T`.
        case factor
        /// `%`.
        case percent
        /// `s`, `m`, `h`, `d`, `w`: the number is in seconds.
        case time
        /// `dBm`.
        case decibelMilliwatts
    }

    /// A quantity that was written by a person.
    public struct Reading: Sendable, Hashable {
        /// The number, with its factor; seconds for times.
        public var number: Double
        /// What was written behind it.
        public var unit: Unit
        /// Makes a reading.
        public init(number: Double, unit: Unit) {
            self.number = number
            self.unit = unit
        }
    }

    /// Reads a number with a unit: `10M`, `1.5G`, `35%`, `-23.4dBm`, `5m`, `1h30m`, `10Mbps`, `1.2 TB`.
    ///
    /// `m` is minutes and `M` mega; every other unit may be written either way. Nil for anything else.
    public static func read(_ text: some StringProtocol) -> Reading? {
        var rest = Substring(text)
        guard let first = takeNumber(&rest) else { return nil }
        rest = rest.drop { $0 == " " }
        if rest.lowercased() == "dbm" { return Reading(number: first, unit: .decibelMilliwatts) }
        if let seconds = secondsPer(rest.first) {
            var total = first * seconds
            rest.removeFirst()
            while !rest.isEmpty {
                rest = rest.drop { $0 == " " }
                guard let next = takeNumber(&rest), next >= 0, let seconds = secondsPer(rest.first) else {
                    return nil
                }
                rest.removeFirst()
                total += (first < 0 ? -next : next) * seconds
            }
            return Reading(number: total, unit: .time)
        }
        switch rest.lowercased() {
        case "": return Reading(number: first, unit: .bare)
        case "%": return Reading(number: first, unit: .percent)
        case "b", "bps": return Reading(number: first, unit: .factor)
        default: break
        }
        let factor: Double
        switch rest.removeFirst() {
        case "k", "K": factor = 1e3
        case "M": factor = 1e6
        case "g", "G": factor = 1e9
        case "t", "T": factor = 1e12
        case "p", "P": factor = 1e15
        default: return nil
        }
        switch rest.lowercased() {
        case "", "b", "bps", "bit/s": return Reading(number: first * factor, unit: .factor)
        default: return nil
        }
    }

    private static func secondsPer(_ unit: Character?) -> Double? {
        switch unit {
        case "s": 1
        case "m": 60
        case "h": 3600
        case "d": 86400
        case "w": 604_800
        default: nil
        }
    }

    /// Takes `-12.5` from the start.
    private static func takeNumber(_ text: inout Substring) -> Double? {
        var end = text.startIndex
        if end < text.endIndex, text[end] == "-" || text[end] == "+" { end = text.index(after: end) }
        let digits = end
        while end < text.endIndex, ("0"..."9").contains(text[end]) || text[end] == "." {
            end = text.index(after: end)
        }
        guard end > digits, let number = Double(text[..<end]) else { return nil }
        text = text[end...]
        return number
    }
}
