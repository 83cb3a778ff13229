/// Makes texts in JSON of everything that may confuse who looks for the end of a value, and breaks them.
public struct RandomJSON {
    private var state: UInt64
    /// What stands between values.
    private let spaces: [String]

    /// Begins a sequence of texts, with a little white space in them or with more, as servers indent.
    public init(seed: UInt64, indents: Bool = false) {
        state = seed
        spaces =
            indents
            ? [
                "", " ", "\n" + String(repeating: " ", count: 12), "\r\n\t\t", "   \t       \n",
                String(repeating: " ", count: 70),
            ] : ["", "", "", " ", "\n    ", "\t", "\r\n"]
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 on below a bound.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

    private mutating func space() -> String { pick(spaces) }

    private mutating func string() -> String {
        let parts = [
            "a", "},{", "]", "[{", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "é", "😀", ",", ":",
            "}]}",
            "name of a port", " ", "\\n", "{\\\"a\\\":[1,2]}",
        ]
        return "\"" + (0..<below(5)).map { _ in pick(parts) }.joined() + "\""
    }

    private mutating func value(_ depth: Int) -> String {
        switch below(depth > 3 ? 6 : 9) {
        case 0, 1: return string()
        case 2:
            return pick(["0", "-1", "1.5", "1e3", "-0.25E-2", "18446744073709551615", "9007199254740993"])
        case 3: return pick(["true", "false", "null"])
        case 4: return "[]"
        case 5: return "{}"
        case 6: return array(depth + 1, below(6))
        default: return object(depth + 1)
        }
    }

    private mutating func array(_ depth: Int, _ count: Int) -> String {
        "[" + (0..<count).map { _ in space() + value(depth) + space() }.joined(separator: ",") + space() + "]"
    }

    private mutating func object(_ depth: Int) -> String {
        let members = (0..<below(5)).map { _ in
            let key = below(4) == 0 ? string() : pick(["\"id\"", "\"ports\"", "\"a\"", "\"a b\""])
            return space() + key + space() + ":" + space() + value(depth) + space()
        }
        return "{" + members.joined(separator: ",") + space() + "}"
    }

    /// Objects one after another in a list, as servers answer them.
    public mutating func list(of count: Int) -> [UInt8] {
        let rows = (0..<count).map { _ in object(2) }.joined(separator: "," + space())
        return Array(#"{"status":"ok", "ports": [\#(rows)],"count":\#(count)}"#.utf8)
    }

    /// A text that is right.
    public mutating func text() -> [UInt8] {
        let mark: [UInt8] = below(8) == 0 ? [0xEF, 0xBB, 0xBF] : []
        switch below(5) {
        case 0: return mark + list(of: below(40))
        case 1: return mark + Array((space() + array(1, 1 + below(30)) + space()).utf8)
        case 2:
            let inner = #"{"data":{"result":\#(array(3, below(20))),"ports":\#(array(3, below(20)))}}"#
            return mark + Array(inner.utf8)
        case 3:
            let twice = #"{"ports":\#(array(2, below(20))),"ports":\#(array(2, below(20)))}"#
            return mark + Array(twice.utf8)
        default: return mark + Array((space() + object(0) + space()).utf8)
        }
    }

    /// A text with something wrong in it, most of the time.
    public mutating func broken(_ text: [UInt8]) -> [UInt8] {
        var text = text
        let marks = Array("{}[],:\"\\ 0-x".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xED, 0xFF]
        switch below(7) {
        case 0: text.removeLast(1 + below(text.count))
        case 1: text.insert(marks[below(marks.count)], at: below(text.count + 1))
        case 2: text[below(text.count)] = marks[below(marks.count)]
        case 3: text.remove(at: below(text.count))
        case 4: text += Array(pick(["]", "}", ",", "x", "{}", "\0", "<html>", "\u{FEFF}", " \n"]).utf8)
        case 5:
            let bomb = String(repeating: pick(["[", #"{"a":"#, "[{\"b\":"]), count: 100 + below(60))
            text.insert(contentsOf: bomb.utf8, at: below(text.count))
        default:
            let start = below(text.count)
            text.removeSubrange(start..<min(text.count, start + 1 + below(30)))
        }
        return text
    }
}
