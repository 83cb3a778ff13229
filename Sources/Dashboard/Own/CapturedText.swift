import Canvas

/// What a program prints, as lines that a terminal can show: a program passes on what others say, so it is as hostile
/// as what servers send.
public struct CapturedText: Sendable, Equatable {
    /// More lines than these are not kept.
    public static let mostLines = 20_000
    private static let longestLine = 4_096

    private enum Place: Sendable { case text, escape, sequence, string, stringEscape }

    /// The lines so far, clean; the last one may not be complete.
    public var lines: [String] { bytes.isEmpty ? finished : finished + [Self.clean(bytes)] }
    /// Whether more was printed than is kept.
    public private(set) var isCut = false
    private var finished: [String] = []
    private var bytes: [UInt8] = []
    private var place = Place.text
    private var isReturned = false

    /// Nothing was printed yet.
    public init() {}

    /// Takes what was printed next.
    public mutating func take(_ printed: some Sequence<UInt8>) {
        for byte in printed { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        switch place {
        case .text: print(byte)
        case .escape:
            // Of what begins with Esc only lists of numbers and texts are longer than two bytes.
            switch byte {
            case UInt8(ascii: "["): place = .sequence
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
                UInt8(ascii: "_"):
                place = .string
            case 0x20...0x2F: break
            default: place = .text
            }
        case .sequence:
            if (0x40...0x7E).contains(byte) || byte == 0x0A { place = .text }
            if byte == 0x0A { print(byte) }
        case .string:
            // A text that is never closed ends with its line, or it would swallow everything.
            if byte == 0x07 || byte == 0x0A { place = .text }
            if byte == 0x0A { print(byte) }
            if byte == 0x1B { place = .stringEscape }
        case .stringEscape: place = byte == UInt8(ascii: "\\") ? .text : .string
        }
    }

    private mutating func print(_ byte: UInt8) {
        if isReturned, byte != 0x0A {
            // What follows stands over what was there.
            bytes = []
        }
        isReturned = byte == 0x0D
        switch byte {
        case 0x1B: place = .escape
        case 0x0D: break
        case 0x0A:
            if finished.count < Self.mostLines { finished.append(Self.clean(bytes)) } else { isCut = true }
            bytes = []
        case 0x08:
            // Overstrike, as of manuals.
            while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
        case 0x07: break
        default:
            if finished.count >= Self.mostLines {
                isCut = true
            } else if bytes.count < Self.longestLine {
                bytes.append(byte)
            }
        }
    }

    private static func clean(_ bytes: [UInt8]) -> String {
        CleanText.lines(String(decoding: bytes, as: UTF8.self)).joined(separator: " ")
    }
}
