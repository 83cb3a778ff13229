internal import Canvas

/// What begins with `ESC [` or `ESC O`, byte by byte.
struct EscapeSequence {
    /// What it is, when it is complete.
    enum Meaning: Hashable {
        case key(Key)
        case pasteBegins
        case mouse(MouseReport)
        /// Three bytes of a mouse report follow.
        case oldMouseBegins
        /// None of what matters here.
        case nothing
    }

    /// From the escape byte on; no more than what the longest has.
    private(set) var bytes: [UInt8]
    /// Whether another escape byte stands before it: Alt, if it is a key.
    var isMeta = false
    /// Whether the Esc that it begins with was decided already, so that it is none.
    var isLate = false

    private static let limit = 64

    /// Begins with `[` or `O`.
    init(_ introducer: UInt8, isMeta: Bool = false, isLate: Bool = false) {
        bytes = [0x1B, introducer]
        self.isMeta = isMeta
        self.isLate = isLate
    }

    /// Whether nothing but its beginning came, which may also have been typed.
    var isDoubtful: Bool { isLate || bytes.count == 2 }

    private var isControl: Bool { bytes[1] == UInt8(ascii: "[") }

    /// Takes a printable byte; true when it is complete.
    mutating func take(_ byte: UInt8, _ keys: KeySequences) -> Bool {
        if bytes.count <= Self.limit { bytes.append(byte) }
        // Terminals with a way of their own end keys with what is no final byte elsewhere.
        if keys.meaning(of: bytes) != nil, !keys.isBeginning(bytes) { return true }
        guard isControl else { return !(0x30...0x39).contains(byte) }
        // `ESC [ [` begins the function keys of the Linux console.
        return byte >= 0x40 && (byte != UInt8(ascii: "[") || bytes.count > 3)
    }

    /// What it is, once it is complete.
    func meaning(_ keys: KeySequences) -> Meaning {
        if bytes.count > Self.limit { return .nothing }
        let body = bytes.dropFirst(2)
        let control = isControl ? ControlSequence(body) : nil
        if isLate {
            // Only what says that more follows, which must not run as keys.
            guard let control, keys.meaning(of: bytes) == nil else { return .nothing }
            return control.isPasteBegin ? .pasteBegins : control.isOldMouse ? .oldMouseBegins : .nothing
        }
        if let key = control.flatMap(StandardKeys.modified) { return .key(key) }
        if let own = keys.meaning(of: bytes) { return own.key.map(Meaning.key) ?? .nothing }
        guard isControl else { return StandardKeys.single(body).map(Meaning.key) ?? .nothing }
        guard let control else { return .nothing }
        if control.isPasteBegin { return .pasteBegins }
        if control.isOldMouse { return .oldMouseBegins }
        if let report = MouseReport(control) { return .mouse(report) }
        let key = StandardKeys.plain(control) ?? ExtendedKeys.key(control)
        return key.map(Meaning.key) ?? .nothing
    }
}

extension ControlSequence {
    private var isBare: Bool { marker == nil && !hasIntermediates }
    fileprivate var isPasteBegin: Bool { isBare && final == UInt8(ascii: "~") && parameters == [[200]] }
    fileprivate var isOldMouse: Bool { isBare && final == UInt8(ascii: "M") && parameters.isEmpty }
}
