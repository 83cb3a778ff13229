/// Numbers in 16 bits: rates by their logarithm, to 0.05 % from 0 to some terabits; light by hundredths of a dBm.
package enum TrendCode {
    /// That nothing was measured.
    package static let none = UInt16.max
    private static let most = Double(UInt16.max - 1)
    /// Steps for each doubling of a rate.
    private static let steps = 1500.0
    /// No light is weaker, in dBm.
    private static let darkest = -200.0

    /// The codes of a column, one for each row.
    package static func codes(of column: Column, _ type: FieldType) -> [UInt16] {
        switch column.storage {
        case .integers:
            column.integers.map { $0 == Column.noInteger ? none : code(Double($0), type) }
        case .numbers: column.numbers.map { code($0, type) }
        case .text, .words, .refs:
            Array(repeating: none, count: max(column.codes.count, column.ends.count - 1))
        }
    }

    /// The code of a number; none for one that has none.
    package static func code(_ value: Double, _ type: FieldType) -> UInt16 {
        let scaled =
            switch type {
            case .decibelMilliwatts: (value - darkest) * 100
            default: logarithm(value)
            }
        guard scaled >= 0, scaled <= most else { return none }
        return UInt16(scaled.rounded())
    }

    /// The number of a code; nil for none.
    package static func value(_ code: UInt16, _ type: FieldType) -> Double? {
        guard code != none else { return nil }
        return switch type {
        case .decibelMilliwatts: Double(code) / 100 + darkest
        default: power(Double(code) / steps) - 1
        }
    }

    /// The logarithm of a number and one to base two in steps; less than none for a number below 0.
    private static func logarithm(_ value: Double) -> Double {
        guard value >= 0, value.isFinite else { return -1 }
        let shifted = value + 1
        // Between two powers of two by the series of the area tangent, which needs no library.
        let fraction = shifted.significand
        let ratio = (fraction - 1) / (fraction + 1)
        let square = ratio * ratio
        let series =
            1 + square
            * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7 + square * (1.0 / 9 + square / 11))))
        return (Double(shifted.exponent) + 2 * ratio * series / 0.693_147_180_559_945_3) * steps
    }

    /// Two to the power of a number.
    private static func power(_ exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        let rest = (exponent - whole) * 0.693_147_180_559_945_3
        var term = 1.0
        var sum = 1.0
        for place in 1...14 {
            term *= rest / Double(place)
            sum += term
        }
        return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }
}
