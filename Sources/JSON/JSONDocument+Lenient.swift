/// Reading values as these APIs write them: numbers as texts, flags as numbers, and the other way round.
extension JSONDocument {
    func int64(_ index: Int) -> Int64? {
        switch tag(index) {
        case TapeTag.signed: return Int64(bitPattern: tape[index + 1])
        case TapeTag.unsigned: return Int64(exactly: tape[index + 1])
        case TapeTag.double: return Int64(exactly: Double(bitPattern: tape[index + 1]))
        case TapeTag.yes: return 1
        case TapeTag.no: return 0
        case TapeTag.string:
            let digits = trimmed(utf8(index))
            if let number = Self.integer(digits, as: Int64.self) { return number }
            return Self.double(digits).flatMap { Int64(exactly: $0) }
        default: return nil
        }
    }

    func uint64(_ index: Int) -> UInt64? {
        switch tag(index) {
        case TapeTag.unsigned: return tape[index + 1]
        case TapeTag.string:
            if let number = Self.integer(trimmed(utf8(index)), as: UInt64.self) { return number }
        default: break
        }
        return int64(index).flatMap { UInt64(exactly: $0) }
    }

    func double(_ index: Int) -> Double? {
        switch tag(index) {
        case TapeTag.signed: Double(Int64(bitPattern: tape[index + 1]))
        case TapeTag.unsigned: Double(tape[index + 1])
        case TapeTag.double: Double(bitPattern: tape[index + 1])
        case TapeTag.yes: 1
        case TapeTag.no: 0
        case TapeTag.string: Self.double(trimmed(utf8(index)))
        default: nil
        }
    }

    func flag(_ index: Int) -> Bool? {
        switch tag(index) {
        case TapeTag.yes: return true
        case TapeTag.no: return false
        case TapeTag.string:
            let word = trimmed(utf8(index))
            if word.elementsEqual("true".utf8) { return true }
            if word.elementsEqual("false".utf8) { return false }
            return Self.double(word).map { $0 != 0 }
        default: return double(index).map { $0 != 0 }
        }
    }

    func text(_ index: Int) -> String? {
        switch tag(index) {
        case TapeTag.string: string(index)
        case TapeTag.signed: String(Int64(bitPattern: tape[index + 1]))
        case TapeTag.unsigned: String(tape[index + 1])
        case TapeTag.double: Double(bitPattern: tape[index + 1]).description
        case TapeTag.yes: "true"
        case TapeTag.no: "false"
        default: nil
        }
    }

    private func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var range = bytes.indices
        while let first = range.first, bytes[first] == 0x20 { range.removeFirst() }
        while let last = range.last, bytes[last] == 0x20 { range.removeLast() }
        return UnsafeBufferPointer(rebasing: bytes[range])
    }

    /// Digits with a sign before them, and nothing else.
    private static func integer<Number: FixedWidthInteger>(
        _ digits: UnsafeBufferPointer<UInt8>, as: Number.Type
    ) -> Number? {
        var position = 0
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { position = 1 }
        guard position < digits.count else { return nil }
        var number: Number = 0
        while position < digits.count {
            let digit = digits[position] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (tens, over) = number.multipliedReportingOverflow(by: 10)
            let (next, under) =
                isNegative
                ? tens.subtractingReportingOverflow(Number(digit))
                : tens.addingReportingOverflow(Number(digit))
            if over || under { return nil }
            number = next
            position += 1
        }
        return number
    }

    /// A decimal number; the words and hexadecimal forms that Swift reads as well are not numbers here.
    private static func double(_ digits: UnsafeBufferPointer<UInt8>) -> Double? {
        guard (1...64).contains(digits.count) else { return nil }
        for byte in digits {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
                UInt8(ascii: "-"), UInt8(ascii: "e"), UInt8(ascii: "E"):
                continue
            default: return nil
            }
        }
        guard let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else {
            return nil
        }
        return number
    }
}
