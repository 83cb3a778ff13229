internal import Canvas

/// Makes keys, reports of the mouse and pastes of the bytes that a terminal sends: ECMA-48 as a state machine.
///
/// What no key sends is never a key: control sequences that nobody knows, and the strings by which a terminal answers
/// (OSC, DCS, APC, PM, SOS), are swallowed whole, late or in pieces. None of them holds the keyboard for long: what
/// began and pauses is given up (``Limit``), and nothing of it is kept.
///
/// How the bytes were cut into reads makes no difference, only when they came. Where time decides, as of an escape byte
/// that is the Esc key unless more follows, ``settle(at:)`` is called at the ``deadline`` if nothing waits to be read.
struct InputParser {
    /// Something that came whole.
    enum Event: Hashable {
        case key(Key)
        case mouse(MouseReport)
        /// A bracketed paste, with line feeds for its line breaks.
        case paste(String)
    }

    /// For how long bytes may pause.
    enum Limit {
        /// Bytes closer than this were sent by a machine.
        static let machine = Duration.milliseconds(20)
        /// An escape byte, before it is the Esc key.
        static let escape = Duration.milliseconds(25)
        /// What may also have been typed: an escape byte, or what begins a sequence and nothing behind it.
        static let doubtful = Duration.milliseconds(150)
        /// What only a terminal sends, and the bytes of one character.
        static let pause = Duration.milliseconds(500)
        /// After this, what comes as slowly as one types is no longer taken for the rest of a sequence.
        static let whole = Duration.seconds(2)
        /// A paste, before its end is taken for lost.
        static let paste = Duration.seconds(2)
    }

    private enum State {
        case ground
        /// An escape byte; `twice` when there were two.
        case escape(twice: Bool)
        /// Esc was decided. The rest of a split sequence may still come: it is swallowed.
        case acted
        case sequence(EscapeSequence)
        /// Bytes with which a key of this terminal's terminfo begins that is no control sequence.
        case prefix([UInt8])
        /// SS2, and whether it may be Alt-N.
        case single(mayBeTyped: Bool)
        /// What begins a string, or a key that was typed.
        case introduced(StringIntroducer)
        /// Inside a string, whose content is not kept.
        case string(previous: UInt8)
        /// An escape byte inside a string: its end if a backslash follows. The introducer when nothing is between.
        case stringEnd(StringIntroducer?)
        case character(UTF8Character, Key.Modifiers)
        /// The bytes of an old mouse report.
        case mouse([UInt8])
        case paste(PasteCollector)
        /// The end of a paste was lost: what comes is its rest, unless it is as short as keys are.
        case afterPaste([UInt8])
    }

    /// More than this is the rest of a paste and no key.
    private static let keyLimit = 64
    private static let escape: UInt8 = 0x1B

    private let keys: KeySequences
    private let encoding: InputEncoding
    private var state = State.ground
    /// When what is going on began, and when the last byte came.
    private var began = Duration.zero
    private var last = Duration.zero

    init(_ keys: KeySequences = KeySequences([]), _ encoding: InputEncoding = .utf8) {
        self.keys = keys
        self.encoding = encoding
    }

    /// Takes one byte.
    mutating func feed(_ byte: UInt8, at now: Duration) -> [Event] {
        var events: [Event] = []
        lapse(at: now, &events)
        take(byte, at: now, &events)
        last = now
        return events
    }

    /// When ``settle(at:)`` has something to decide; nil when nothing is open.
    var deadline: Duration? { decision.map { last + $0 } }

    /// Decides what time has decided.
    ///
    /// Only where nothing waits to be read: what does may have come in time.
    mutating func settle(at now: Duration) -> [Event] {
        var events: [Event] = []
        while let decision, now - last >= decision { expire(&events) }
        return events
    }

    /// Forgets what has begun.
    mutating func reset() { state = .ground }

    // MARK: Time

    /// How long after the last byte a key or paste is decided by itself; nil where none would come of it.
    private var decision: Duration? {
        switch state {
        case .escape, .prefix, .single(mayBeTyped: true): Limit.escape
        case .introduced: Limit.doubtful
        case .stringEnd: Limit.pause
        case .paste: Limit.paste
        case .afterPaste(let held): held.isEmpty ? nil : Limit.doubtful
        case .ground, .acted, .sequence, .single, .string, .character, .mouse: nil
        }
    }

    /// How long after the last byte the next one no longer belongs to it.
    private var patience: Duration? {
        switch state {
        case .ground, .paste: nil
        case .escape, .acted, .prefix, .single, .introduced: Limit.doubtful
        case .sequence(let sequence): sequence.isDoubtful ? Limit.doubtful : Limit.pause
        case .string, .stringEnd, .character, .mouse: Limit.pause
        case .afterPaste(let held): held.isEmpty ? nil : Limit.doubtful
        }
    }

    /// Gives up what has waited too long for the byte that comes now.
    private mutating func lapse(at now: Duration, _ events: inout [Event]) {
        while let patience, now - last > patience { expire(&events) }
        switch state {
        case .sequence, .string, .mouse:
            if now - last >= Limit.machine, now - began > Limit.whole { expire(&events) }
        default: break
        }
    }

    private mutating func expire(_ events: inout [Event]) {
        let before = state
        state = .ground
        switch before {
        case .ground, .acted, .string, .character, .mouse, .single(mayBeTyped: false): break
        case .escape(let twice):
            if twice { events.append(.key(.named(.escape))) }
            events.append(.key(.named(.escape)))
            state = .acted
        case .sequence(let sequence): if sequence.isMeta { events.append(.key(.named(.escape))) }
        case .prefix(let bytes):
            if let meaning = keys.meaning(of: bytes) {
                give(meaning.key, &events)
            } else {
                unfold(bytes, &events)
            }
        case .single: events.append(.key(Key(.character("N"), .alt)))
        case .introduced(let introducer): events.append(.key(introducer.key))
        case .stringEnd(let introducer):
            if let introducer { events.append(.key(introducer.key)) }
            events.append(.key(.named(.escape)))
        case .paste(let collector):
            events.append(.paste(collector.text(encoding)))
            state = .afterPaste([])
        case .afterPaste(let held): for byte in held { take(byte, at: last, &events) }
        }
    }

    // MARK: Bytes

    private mutating func take(_ byte: UInt8, at now: Duration, _ events: inout [Event]) {
        switch state {
        case .ground: ground(byte, at: now, &events)
        case .escape(let twice): afterEscape(byte, twice, at: now, &events)
        case .acted: afterActed(byte, at: now, &events)
        case .sequence(let sequence): inside(sequence, byte, at: now, &events)
        case .prefix(let bytes): inside(prefix: bytes, byte, at: now, &events)
        case .single(let mayBeTyped):
            state = .ground
            if byte >= 0x20, byte != 0x7F { return }
            if mayBeTyped { events.append(.key(Key(.character("N"), .alt))) }
            ground(byte, at: now, &events)
        case .introduced(let introducer): after(introducer, byte, at: now, &events)
        case .string(let previous): inString(byte, previous)
        case .stringEnd(let introducer):
            state = .ground
            guard byte != UInt8(ascii: "\\") else { return }
            if let introducer { events.append(.key(introducer.key)) }
            afterEscape(byte, false, at: now, &events)
        case .character(var character, let modifiers):
            state = .ground
            switch character.take(byte) {
            case .more: state = .character(character, modifiers)
            case .scalar(let scalar): give(scalar, modifiers, at: now, &events)
            case .foreign: ground(byte, at: now, &events)
            case .broken: break
            }
        case .mouse(let bytes):
            state = .ground
            guard byte >= 0x20 else { return ground(byte, at: now, &events) }
            guard bytes.count == 2 else { return state = .mouse(bytes + [byte]) }
            if let report = MouseReport(bytes + [byte]) { events.append(.mouse(report)) }
        case .paste(var collector):
            // Else the bytes of a long paste would be copied with each that comes.
            state = .ground
            if collector.take(byte) {
                events.append(.paste(collector.text(encoding)))
            } else {
                state = .paste(collector)
            }
        case .afterPaste(let held): afterPaste(held + [byte])
        }
    }

    private mutating func ground(_ byte: UInt8, at now: Duration, _ events: inout [Event]) {
        state = .ground
        if byte == Self.escape { return state = .escape(twice: false) }
        if keys.mayBegin(with: byte) {
            if keys.isBeginning([byte]) { return state = .prefix([byte]) }
            if let meaning = keys.meaning(of: [byte]) { return give(meaning.key, &events) }
        }
        typed(byte, [], at: now, &events)
    }

    /// A byte of a character, whatever terminfo says.
    private mutating func typed(
        _ byte: UInt8, _ modifiers: Key.Modifiers, at now: Duration, _ events: inout [Event]
    ) {
        state = .ground
        switch encoding {
        case _ where byte < 0x80: give(Unicode.Scalar(byte), modifiers, at: now, &events)
        case .utf8: if let character = UTF8Character(byte) { state = .character(character, modifiers) }
        case .bytes(let table):
            let control = byte < 0xA0 ? Unicode.Scalar(byte) : nil
            if let scalar = table[Int(byte)] ?? control { give(scalar, modifiers, at: now, &events) }
        }
    }

    private mutating func give(
        _ scalar: Unicode.Scalar, _ modifiers: Key.Modifiers, at now: Duration, _ events: inout [Event]
    ) {
        // The controls of 8 bits are those of 7 bits with the escape byte in front.
        switch scalar.value {
        case 0x9B: begin(.sequence(EscapeSequence(UInt8(ascii: "["))), at: now)
        case 0x8F: begin(.sequence(EscapeSequence(UInt8(ascii: "O"))), at: now)
        case 0x8E: begin(.single(mayBeTyped: false), at: now)
        case 0x90, 0x98, 0x9D, 0x9E, 0x9F: begin(.string(previous: 0), at: now)
        default: give(CharacterKeys.key(scalar, modifiers), &events)
        }
    }

    private func give(_ key: Key?, _ events: inout [Event]) { if let key { events.append(.key(key)) } }

    private mutating func begin(_ state: State, at now: Duration) {
        self.state = state
        began = now
    }

    private mutating func afterEscape(
        _ byte: UInt8, _ twice: Bool, at now: Duration, _ events: inout [Event]
    ) {
        let pair = [Self.escape, byte]
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "O"):
            return begin(.sequence(EscapeSequence(byte, isMeta: twice)), at: now)
        default: if twice { events.append(.key(.named(.escape))) }
        }
        state = .ground
        switch byte {
        case Self.escape: state = .escape(twice: true)
        case _ where keys.isBeginning(pair): state = .prefix(pair)
        case _ where keys.meaning(of: pair) != nil: give(keys.meaning(of: pair)?.key, &events)
        case UInt8(ascii: "N"): begin(.single(mayBeTyped: true), at: now)
        default:
            if let introducer = StringIntroducer(byte) {
                begin(.introduced(introducer), at: now)
            } else {
                typed(byte, .alt, at: now, &events)
            }
        }
    }

    private mutating func afterActed(_ byte: UInt8, at now: Duration, _ events: inout [Event]) {
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") {
            begin(.sequence(EscapeSequence(byte, isLate: true)), at: now)
        } else if let introducer = StringIntroducer(late: byte) {
            begin(.introduced(introducer), at: now)
        } else {
            ground(byte, at: now, &events)
        }
    }

    // MARK: Sequences

    private mutating func inside(
        _ sequence: EscapeSequence, _ byte: UInt8, at now: Duration, _ events: inout [Event]
    ) {
        guard (0x20...0x7E).contains(byte) else {
            if sequence.isMeta { events.append(.key(.named(.escape))) }
            return ground(byte, at: now, &events)
        }
        var sequence = sequence
        guard sequence.take(byte, keys) else { return state = .sequence(sequence) }
        state = .ground
        let meaning = sequence.meaning(keys)
        if case .key(let key) = meaning {
            return events.append(.key(sequence.isMeta ? key.with(.alt) : key))
        }
        if sequence.isMeta { events.append(.key(.named(.escape))) }
        switch meaning {
        case .pasteBegins: state = .paste(PasteCollector())
        case .oldMouseBegins: begin(.mouse([]), at: now)
        case .mouse(let report): events.append(.mouse(report))
        case .key, .nothing: break
        }
    }

    private mutating func inside(
        prefix bytes: [UInt8], _ byte: UInt8, at now: Duration, _ events: inout [Event]
    ) {
        let more = bytes + [byte]
        state = .ground
        if keys.isBeginning(more) {
            state = .prefix(more)
        } else if let meaning = keys.meaning(of: more) {
            give(meaning.key, &events)
        } else {
            unfold(bytes, &events)
            take(byte, at: now, &events)
        }
    }

    /// Takes bytes for what they are where terminfo says nothing of them.
    private mutating func unfold(_ bytes: [UInt8], _ events: inout [Event]) {
        let isAlt = bytes.first == Self.escape && bytes.count > 1
        typed(bytes[isAlt ? 1 : 0], isAlt ? .alt : [], at: last, &events)
        for byte in bytes.dropFirst(isAlt ? 2 : 1) { take(byte, at: last, &events) }
    }

    // MARK: Strings

    private mutating func after(
        _ introducer: StringIntroducer, _ byte: UInt8, at now: Duration, _ events: inout [Event]
    ) {
        if byte == Self.escape {
            state = .stringEnd(introducer)
        } else if introducer.isString(followedBy: byte, isFast: now - last < Limit.machine) {
            inString(byte, 0)
        } else {
            events.append(.key(introducer.key))
            ground(byte, at: now, &events)
        }
    }

    private mutating func inString(_ byte: UInt8, _ previous: UInt8) {
        let isEnd =
            switch encoding {
            case .utf8: previous == 0xC2 && byte == 0x9C
            case .bytes(let table): byte == 0x9C && (table[0x9C] ?? "\u{9C}") == "\u{9C}"
            }
        switch byte {
        case Self.escape: state = .stringEnd(nil)
        // BEL ends it as ST does; CAN and SUB break it off.
        case 0x07, 0x18, 0x1A: state = .ground
        default: state = isEnd ? .ground : .string(previous: byte)
        }
    }

    // MARK: Pastes

    private mutating func afterPaste(_ held: [UInt8]) {
        if held.suffix(PasteCollector.end.count) == PasteCollector.end[...] {
            state = .ground
        } else if held.suffix(6).elementsEqual("\u{1B}[200~".utf8) {
            state = .paste(PasteCollector())
        } else if held.count > Self.keyLimit {
            var collector = PasteCollector()
            for byte in held { _ = collector.take(byte) }
            state = .paste(collector)
        } else {
            state = .afterPaste(held)
        }
    }
}

extension Key {
    fileprivate func with(_ modifiers: Modifiers) -> Key { Key(code, self.modifiers.union(modifiers)) }
}
