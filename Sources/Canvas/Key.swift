/// A key as a binding names it: `a`, `G`, `ctrl-d`, `F4`, `PgDn`, `Space`.
public struct Key: Sendable, Hashable {
    /// What was pressed.
    public var code: Code
    /// Held down with it; shift is part of a character.
    public var modifiers: Modifiers

    /// Makes a key.
    public init(_ code: Code, _ modifiers: Modifiers = []) {
        self.code = code
        self.modifiers = modifiers
    }

    /// A key without modifiers.
    public enum Code: Sendable, Hashable {
        /// A printable character.
        case character(Character)
        /// F1 to F24.
        case function(Int)
        /// A key with a name.
        case named(Name)
    }

    /// Keys with a name; the raw value is the spelling in keymaps.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        case enter = "Enter", escape = "Esc", tab = "Tab", backspace = "Backspace", delete = "Delete"
        case up = "Up", down = "Down", left = "Left", right = "Right"
        case home = "Home", end = "End", pageUp = "PgUp", pageDown = "PgDn", insert = "Insert"
    }

    /// Modifiers besides shift on characters.
    public struct Modifiers: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: UInt8
        /// Makes a set from bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Control.
        public static let control = Modifiers(rawValue: 1)
        /// Alt or Meta.
        public static let alt = Modifiers(rawValue: 2)
        /// Shift with a named or function key.
        public static let shift = Modifiers(rawValue: 4)
    }

    /// A printable character's key.
    public static func character(_ character: Character) -> Key { Key(.character(character)) }
    /// A named key.
    public static func named(_ name: Name) -> Key { Key(.named(name)) }
    /// Control with a letter.
    public static func control(_ character: Character) -> Key { Key(.character(character), .control) }
}

extension Key: CustomStringConvertible {
    /// The spelling that keymaps, help and footer use.
    public var description: String {
        var text = ""
        if modifiers.contains(.control) { text += "ctrl-" }
        if modifiers.contains(.alt) { text += "alt-" }
        if modifiers.contains(.shift) { text += "shift-" }
        switch code {
        case .character(" "): text += "Space"
        case .character(let character): text.append(character)
        case .function(let number): text += "F\(number)"
        case .named(let name): text += name.rawValue
        }
        return text
    }

    /// Reads a spelling; nil when it names no key.
    ///
    /// Names are compared without regard to case.
    public init?(_ text: String) {
        var rest = text[...]
        var modifiers: Modifiers = []
        let prefixes: [(String, Modifiers)] = [("ctrl-", .control), ("alt-", .alt), ("shift-", .shift)]
        while let prefix = prefixes.first(where: {
            rest.count > $0.0.count && rest.lowercased().hasPrefix($0.0)
        }) {
            modifiers.insert(prefix.1)
            rest = rest.dropFirst(prefix.0.count)
        }
        let lowered = rest.lowercased()
        if rest.count == 1, let character = rest.first {
            self.init(.character(modifiers.contains(.control) ? Character(lowered) : character), modifiers)
        } else if lowered == "space" {
            self.init(.character(" "), modifiers)
        } else if let name = Name.allCases.first(where: { $0.rawValue.lowercased() == lowered }) {
            self.init(.named(name), modifiers)
        } else if lowered.first == "f", let number = Int(lowered.dropFirst()), (1...24).contains(number) {
            self.init(.function(number), modifiers)
        } else {
            return nil
        }
    }
}
