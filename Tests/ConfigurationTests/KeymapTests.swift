import Canvas
import Configuration
import Dashboard
import Domain
import Foundation
import Presets
import TOML
import Testing

private let shipped = Presets.keymaps.map {
    NamedFile(name: $0.name, path: "keymaps/\($0.name).toml", bytes: $0.bytes)
}
/// What panes and adapters add to the dashboard's own actions.
private let actions = [
    "pane-overview", "pane-devices", "pane-ports", "pane-alerts", "pane-bills", "pane-rules",
    "pane-bonds", "pane-customers", "acknowledge",
    "unmute", "edit-rule", "add-rule", "delete-rule", "restart-bond", "maintenance", "pane-browse",
    "create-resource", "change-resource", "delete-resource",
]

@Suite("Keymaps")
struct KeymapTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func keymap(_ files: [String: String] = [:], named name: String = "default") throws -> (
        keymap: Keymap, complaints: [Complaint]
    ) {
        for (name, text) in files { try scratch.write(text, to: "keymaps/\(name).toml") }
        return KeymapLibrary(shipped: shipped, directory: scratch.path("keymaps")).keymap(
            name, actions: actions)
    }

    private func press(_ keys: String, in contexts: KeyContext..., of keymap: Keymap) throws -> Keymap.Match {
        keymap.match(try keys.split(separator: " ").map { try #require(Key(String($0))) }, in: contexts)
    }

    @Test("no keymap that ships has a fault, and every file of them ships", arguments: shipped.map(\.name))
    func ships(name: String) throws {
        #expect(try keymap(named: name).complaints == [])
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../keymaps")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(shipped.map { "\($0.name).toml" }))
    }

    @Test("every action of the dashboard has a key, but what another key does as well and what a signal does")
    func complete() throws {
        let bound = Set(try keymap().keymap.bindings.map(\.action))
        let free = OwnAction.allCases.filter { !bound.contains(.own($0)) }
        #expect(free == [.clearFilter, .sortNext, .reload])
    }

    @Test(
        "the keys that engineers are told about do what they are told",
        arguments: [
            ("j", "down"), ("G", "bottom"), ("ctrl-d", "half-page-down"), ("3", "pane-alerts"),
            ("Enter", "open"),
            ("/", "filter"), ("Space", "mark"), ("*", "mark-all"), ("U", "unmark-all"), ("a", "acknowledge"),
            ("u", "unmute"), ("e", "edit-rule"), ("@", "narrow-backend"), ("L", "audit"), ("!", "health"),
            ("T", "themes"), ("s", "sort"), ("S", "sort-reverse"),
            ("%", "mouse"), ("r", "refresh"), ("R", "refresh-all"), (":", "palette"), ("?", "help"),
            ("[", "history-back"), ("q", "close"), ("Q", "quit"), ("ctrl-l", "redraw"), ("Esc", "back"),
        ])
    func standard(key: String, action: String) throws {
        #expect(try press(key, in: .table, .global, of: try keymap().keymap) == .action(Action(name: action)))
    }

    @Test("a file of the operator changes the keys that it names and leaves the others")
    func override() throws {
        let (keymap, complaints) = try keymap([
            "default": "[table]\nacknowledge = [\"ctrl-x a\", \"F9\"]\nmark = []\n"
        ])
        #expect(complaints == [])
        #expect(try press("a", in: .table, of: keymap) == .none)
        #expect(try press("ctrl-x", in: .table, of: keymap) == .pending)
        #expect(try press("ctrl-x a", in: .table, of: keymap) == .action(.command("acknowledge")))
        #expect(try press("F9", in: .table, of: keymap) == .action(.command("acknowledge")))
        #expect(try press("Space", in: .table, of: keymap) == .none)
        #expect(try press("a", in: .detail, of: keymap) == .action(.command("acknowledge")))
        #expect(keymap.spelling(of: .command("acknowledge"), in: [.table]) == "ctrl-x a")
        #expect(try press("j", in: .table, of: keymap) == .action(.own(.down)))
    }

    @Test("a keymap of another name is merged over the standard one")
    func named() throws {
        let files = ["mine": "[table]\ndown = [\"n\"]\n"]
        #expect(
            try press("n", in: .table, of: try keymap(files, named: "mine").keymap) == .action(.own(.down)))
        #expect(try press("k", in: .table, of: try keymap(named: "mine").keymap) == .action(.own(.up)))
        #expect(try press("n", in: .table, of: try keymap().keymap) == .none)
        #expect(
            KeymapLibrary(shipped: shipped, directory: scratch.path("keymaps")).names == shipped.map(\.name)
                + ["mine"])
    }

    @Test("a key that the operator takes from another action is warned of, and is theirs")
    func taken() throws {
        let (keymap, complaints) = try keymap(["default": "[table]\nunmute = [\"a\"]\n"])
        #expect(complaints.map(\.weight) == [.warning])
        #expect(
            complaints.first?.description.hasPrefix(
                "\(scratch.path("keymaps/default.toml")):2:11: warning: a ") == true)
        #expect(complaints.first?.words.contains("no longer does acknowledge") == true)
        #expect(try press("a", in: .table, of: keymap) == .action(.command("unmute")))
        #expect(keymap.spelling(of: .command("acknowledge"), in: [.table]) == nil)
    }

    @Test("a sequence that begins with a bound key is a clash, within a context and across to the global one")
    func prefix() throws {
        let inside = try keymap(["default": "[table]\nunmute = [\"a u\"]\n"])
        #expect(inside.complaints.first?.words.contains("a is the beginning of a u") == true)
        #expect(try press("a", in: .table, .global, of: inside.keymap) == .pending)
        #expect(try press("a u", in: .table, .global, of: inside.keymap) == .action(.command("unmute")))
        let across = try keymap(["default": "[table]\nunmute = [\"q u\"]\n"])
        #expect(across.complaints.count == 1)
        #expect(across.complaints.first?.position?.line == 2)
        #expect(try press("q", in: .table, .global, of: across.keymap) == .pending)
    }

    @Test("the same key in a table and everywhere is no clash: the nearer one counts")
    func nearer() throws {
        let (keymap, complaints) = try keymap(["default": "[table]\nunmute = [\"Q\"]\n"])
        #expect(complaints == [])
        #expect(try press("Q", in: .table, .global, of: keymap) == .action(.command("unmute")))
        #expect(try press("Q", in: .detail, .global, of: keymap) == .action(.own(.quit)))
    }

    /// A file with one fault, its place, and words that must be said.
    static let faults: [(text: String, place: String, words: String)] = [
        ("[tabel]\ndown = [\"j\"]", "1:2", "did you mean \"table\"?"),
        ("[table]\ndwon = [\"j\"]", "2:1", "did you mean \"down\"?"),
        ("[table]\nrestart = [\"X\"]", "2:1", "nothing is called \"restart\""),
        ("[table]\ndown = \"j\"", "2:8", "a list"),
        ("[table]\ndown = [1]", "2:8", "a list"),
        ("[table]\ndown = [\"ctrl-\"]", "2:9", "is no key"),
        ("[table]\ndown = [\"F99\"]", "2:9", "is no key"),
        ("[table]\ndown = [\" \"]", "2:9", "a key is missing"),
        ("[table]\ndown = [\"ctrl-s\"]", "2:9", "can't be used"),
        ("[table]\ndown = [\"ctrl-x ctrl-m\"]", "2:9", "the same as Enter"),
        ("[text]\naccept = [\"x\"]", "2:11", "is text where one types"),
        ("[text]\naccept = [\"Space\"]", "2:11", "is text where one types"),
        ("[table]\ndown = [\"ctrl-n\"]\nup = [\"ctrl-n\"]", "3:7", "already does down"),
        ("[table", "1:", "invalid TOML"),
    ]

    @Test("each fault of a keymap says where it is and what to do, and the rest is used", arguments: faults)
    func fault(text: String, place: String, words: String) throws {
        let (keymap, complaints) = try keymap(["default": text])
        let complaint = try #require(complaints.first)
        #expect(complaint.file == scratch.path("keymaps/default.toml"))
        #expect(complaint.position?.description.hasPrefix(place) == true, "\(complaint)")
        #expect(complaint.words.contains(words), "\(complaint)")
        #expect(try press("/", in: .table, of: keymap) == .action(.own(.filter)))
    }
}
