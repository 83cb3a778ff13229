/// What is pasted between its two marks, byte by byte.
struct PasteCollector {
    /// A paste beyond this many bytes is cut.
    static let limit = 1 << 20
    /// `CSI 201~`.
    static let end = Array("\u{1B}[201~".utf8)

    private var bytes: [UInt8] = []
    /// How many bytes of the end mark came last; they are no text unless something else follows.
    private var matched = 0

    /// Takes a byte; true when it completes the end mark.
    mutating func take(_ byte: UInt8) -> Bool {
        if byte == Self.end[matched] {
            matched += 1
            return matched == Self.end.count
        }
        keep(Self.end.prefix(matched))
        matched = byte == Self.end[0] ? 1 : 0
        if matched == 0 { keep(CollectionOfOne(byte)) }
        return false
    }

    private mutating func keep(_ more: some Collection<UInt8>) {
        bytes += more.prefix(max(0, Self.limit - bytes.count))
    }

    /// The text; terminals send a carriage return for a line break.
    func text(_ encoding: InputEncoding) -> String {
        var text = encoding.text(bytes).unicodeScalars
        // A character that the limit cut in two.
        if bytes.count == Self.limit { while text.last == "\u{FFFD}" { text.removeLast() } }
        return String(String.UnicodeScalarView(text.map { $0 == "\r" ? "\n" : $0 }))
    }
}
