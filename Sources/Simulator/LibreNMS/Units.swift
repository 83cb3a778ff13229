/// Numbers with the units that LibreNMS prints.
enum Units {
    /// `73.42` from 7342, without closing zeros.
    static func hundredths(_ number: Int) -> String {
        let (whole, rest) = (number / 100, number % 100)
        if rest == 0 { return String(whole) }
        if rest % 10 == 0 { return "\(whole).\(rest / 10)" }
        return rest < 10 ? "\(whole).0\(rest)" : "\(whole).\(rest)"
    }

    /// `734.22 Mbps`, as newer releases print it.
    static func scaled(_ number: Int, _ unit: String) -> String {
        let (digits, prefix) = parts(number)
        let tail = prefix + unit
        return tail.isEmpty ? digits : "\(digits) \(tail)"
    }

    /// `734Mbps`, as the old release prints it: three digits that count, no space.
    static func tight(_ number: Int, _ unit: String) -> String {
        let (divisor, prefix) = scale(number)
        let whole = number / divisor
        let digits =
            whole >= 100 || divisor == 1
            ? String(whole)
            : whole >= 10
                ? hundredths(number * 10 / divisor * 10) : hundredths(number * 100 / divisor)
        return digits + prefix + unit
    }

    private static func parts(_ number: Int) -> (digits: String, prefix: String) {
        let (divisor, prefix) = scale(number)
        // Hundredths first would overflow for what is close to 2⁶³.
        let digits = hundredths(number / divisor * 100 + number % divisor * 100 / divisor)
        return (digits, prefix)
    }

    private static func scale(_ number: Int) -> (divisor: Int, prefix: String) {
        let scales = [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")]
        return scales.first { number >= $0.0 }.map { ($0.0, $0.1) } ?? (1, "")
    }
}
