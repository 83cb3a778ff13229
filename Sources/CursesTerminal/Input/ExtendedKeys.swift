internal import Canvas

/// Keys as numbers of characters: `CSI 27;5;109~` of xterm's modifyOtherKeys and `CSI 109;5u` of kitty's protocol.
///
/// nocturne asks for neither; a program that crashed before it may have left them on. A key is what it would have been
/// without: Control with a letter, Esc, Enter.
enum ExtendedKeys {
    /// The key of a sequence; nil when it is none, or one that means nothing here.
    static func key(_ sequence: ControlSequence) -> Key? {
        guard sequence.marker == nil, !sequence.hasIntermediates, !sequence.isRelease else { return nil }
        switch sequence.final {
        case UInt8(ascii: "~"):
            guard sequence.parameters.count == 3, sequence.number(0) == 27,
                let parameter = sequence.number(1),
                let modifiers = Key.Modifiers(parameter: parameter), let code = sequence.number(2)
            else { return nil }
            return key(code, modifiers, shifted: nil)
        case UInt8(ascii: "u"):
            guard (1...3).contains(sequence.parameters.count), let code = sequence.number(0),
                let modifiers = Key.Modifiers(parameter: sequence.number(1) ?? 1)
            else { return nil }
            // A character without modifiers is written with nothing but its number, else it is something else.
            let saysNone =
                modifiers.isEmpty && sequence.parameters.count == 2 && sequence.part(1, of: 1) == nil
            if saysNone, named[code] == nil, code < privateRange.lowerBound { return nil }
            let text = sequence.number(2)
            return key(code, modifiers, shifted: modifiers == .shift ? text ?? sequence.part(1, of: 0) : nil)
        default: return nil
        }
    }

    private static func key(_ code: Int, _ modifiers: Key.Modifiers, shifted: Int?) -> Key? {
        if let name = named[code] {
            let kept: Key.Modifiers =
                switch name {
                case .escape, .enter, .backspace: .alt
                case .tab: [.alt, .shift]
                default: [.alt, .shift, .control]
                }
            return Key(.named(name), modifiers.intersection(kept))
        }
        if let function = functions[code] { return Key(.function(function), modifiers) }
        let code = keypad[code] ?? shifted ?? code
        guard let number = UInt32(exactly: code), let scalar = Unicode.Scalar(number), isText(scalar) else {
            return nil
        }
        let alt = modifiers.intersection(.alt)
        if modifiers.contains(.control) {
            if let control = control(scalar) { return CharacterKeys.key(control, alt) }
            return Key(.character(Character(scalar)), alt.union(.control))
        }
        let upper = scalar.properties.uppercaseMapping
        let isRaised = modifiers.contains(.shift) && upper.count == 1
        return Key(.character(isRaised ? upper.first ?? Character(scalar) : Character(scalar)), alt)
    }

    /// The control character that a key has sent with Control since there are terminals.
    private static func control(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case " ": "\0"
        case "/": "\u{1F}"
        case "?": "\u{7F}"
        case "@"..."_", "a"..."z": Unicode.Scalar(UInt8(scalar.value & 0x1F))
        default: nil
        }
    }

    private static func isText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false
        default: !privateRange.contains(Int(scalar.value))
        }
    }

    /// Where kitty numbers keys that type no character, such as Shift alone.
    private static let privateRange = 0xE000...0xF8FF

    private static let named: [Int: Key.Name] = [
        8: .backspace, 9: .tab, 13: .enter, 27: .escape, 127: .backspace,
        57414: .enter, 57417: .left, 57418: .right, 57419: .up, 57420: .down, 57421: .pageUp,
        57422: .pageDown,
        57423: .home, 57424: .end, 57425: .insert, 57426: .delete,
    ]
    private static let functions = Dictionary(uniqueKeysWithValues: (13...24).map { (57376 + $0 - 13, $0) })
    private static let keypad: [Int: Int] = {
        let signs: [Int: Unicode.Scalar] = [
            57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57415: "=", 57416: ",",
        ]
        var keypad = signs.mapValues { Int($0.value) }
        for digit in 0...9 { keypad[57399 + digit] = 0x30 + digit }
        return keypad
    }()
}
