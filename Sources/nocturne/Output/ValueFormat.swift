import Domain
import JSON

/// How the cells of flat rows are written for other programs.
enum ValueFormat {
    /// As values of JSON.
    case json
    /// As values of YAML.
    case yaml
    /// As fields of RFC 4180.
    case csv

    /// Writes that there is no value; never a zero.
    func appendNone(to bytes: inout [UInt8]) {
        if self != .csv { bytes.append(contentsOf: Self.null) }
    }

    /// Writes words that stand with blanks between them: as a list, where there are lists.
    func append(words: String, to bytes: inout [UInt8]) {
        guard self != .csv else { return append(words, to: &bytes) }
        bytes.append(UInt8(ascii: "["))
        for (place, word) in words.split(separator: " ").enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            if place > 0, self == .yaml { bytes.append(UInt8(ascii: " ")) }
            append(String(word), to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    func append(_ flag: Bool, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: flag ? Self.yes : Self.no)
    }

    func append(_ number: Int64, to bytes: inout [UInt8]) {
        var digits = (UInt64(0), UInt64(0), UInt64(0))
        withUnsafeMutableBytes(of: &digits) { room in
            var rest = number.magnitude
            var place = room.count
            repeat {
                place -= 1
                room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(contentsOf: room[place...])
        }
    }

    func append(_ number: Double, to bytes: inout [UInt8]) {
        guard number.isFinite else { return appendNone(to: &bytes) }
        if let whole = Int64(exactly: number) { return append(whole, to: &bytes) }
        let text = number.description
        // YAML 1.1 takes an exponent for a number only behind a decimal point.
        bytes.append(
            contentsOf: self == .yaml && !text.contains(".")
                ? text.replacing("e", with: ".0e").utf8 : text.utf8)
    }

    /// Writes a moment as ISO 8601 in UTC: `2026-11-21T03:14:22Z`.
    func append(_ moment: Timestamp, to bytes: inout [UInt8]) {
        let fields = CivilTime.fields(moment, offset: 0)
        if self != .csv { bytes.append(UInt8(ascii: "\"")) }
        append(Int64(fields.year), to: &bytes)
        for (sign, number) in [
            ("-", fields.month), ("-", fields.day), ("T", fields.hour), (":", fields.minute),
            (":", fields.second),
        ] as [(Unicode.Scalar, Int)] {
            bytes.append(UInt8(ascii: sign))
            bytes.append(UInt8(ascii: "0") + UInt8(number / 10))
            bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
        }
        bytes.append(UInt8(ascii: "Z"))
        if self != .csv { bytes.append(UInt8(ascii: "\"")) }
    }

    func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, to: &bytes) }
    }

    /// Writes UTF-8 with what the notation asks for around it.
    func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        switch self {
        case .yaml:
            YAMLText.append(text, to: &bytes)
        case .json:
            guard text.allSatisfy({ $0 >= 32 && $0 < 127 && $0 != 34 && $0 != 92 }) else {
                bytes.append(contentsOf: JSONTree.string(String(decoding: text, as: UTF8.self)).bytes)
                return
            }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: text)
            bytes.append(UInt8(ascii: "\""))
        case .csv:
            // A quote, a comma, a line end; and blanks at the ends, which some readers take off.
            let isPlain = text.allSatisfy { $0 != 34 && $0 != 44 && $0 != 13 && $0 != 10 }
            guard !isPlain || text.first == 32 || text.last == 32 else {
                bytes.append(contentsOf: text)
                return
            }
            bytes.append(34)
            for byte in text {
                if byte == 34 { bytes.append(34) }
                bytes.append(byte)
            }
            bytes.append(34)
        }
    }

    private static let null = Array("null".utf8)
    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)
}
