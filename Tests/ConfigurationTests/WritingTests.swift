import AdapterKit
import Canvas
import Configuration
import Dashboard
import Domain
import Foundation
import Presets
import Testing

@Suite("What is printed as a file")
struct WritingTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private static let themes = Presets.themes.map {
        NamedFile(name: $0.name, path: "themes/\($0.name).toml", bytes: $0.bytes)
    }
    private static let keymaps = Presets.keymaps.map {
        NamedFile(name: $0.name, path: "keymaps/\($0.name).toml", bytes: $0.bytes)
    }

    @Test("a theme looks the same when it is read again", arguments: Presets.themes.map(\.name))
    func theme(name: String) throws {
        let library = ThemeLibrary(shipped: Self.themes, directory: scratch.path("none"))
        let theme = try #require(library.themes.first { $0.name == name })
        try scratch.write(theme.fileText, to: "themes/again.toml")
        let second = ThemeLibrary(shipped: Self.themes, directory: scratch.path("themes"))
        #expect(second.complaints == [])
        let again = try #require(second.themes.first { $0.name == "again" })
        for role in Role.allCases {
            for variant in Variant.allCases {
                let place = Int(Theme.style(role, variant).index)
                #expect(
                    again.sheet.styles[place] == theme.sheet.styles[place], "\(role.rawValue) on \(variant)")
            }
        }
    }

    @Test("a keymap does the same when it is read again", arguments: Presets.keymaps.map(\.name))
    func keymap(name: String) throws {
        // Which panes and commands there are is the adapters' to say: here every name is one.
        let names = Self.keymaps.flatMap {
            String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n")
                .compactMap { $0.wholeMatch(of: /([a-z0-9-]+) *=.*/).map { String($0.1) } }
        }
        let own = "[table]\n\"acknowledge\" = [\"\\\"\", \"\\\\\", \"ctrl-x a\"]\nunmute = []\n"
        try scratch.write(own, to: "own/\(name).toml")
        let library = KeymapLibrary(shipped: Self.keymaps, directory: scratch.path("own"))
        let (keymap, complaints) = library.keymap(name, actions: names)
        #expect(complaints == [])
        let standard = KeymapLibrary(shipped: Self.keymaps, directory: scratch.path("none"))
        let text = keymap.fileText(
            over: standard.keymap(KeymapLibrary.standard, actions: names).keymap)
        try scratch.write(text, to: "again/again.toml")
        let again = KeymapLibrary(shipped: Self.keymaps, directory: scratch.path("again"))
            .keymap("again", actions: names)
        #expect(again.complaints == [])
        #expect(Set(again.keymap.bindings) == Set(keymap.bindings))
        #expect(keymap.bindings.contains { $0.spelling == "ctrl-x a" && $0.action.name == "acknowledge" })
        #expect(!again.keymap.bindings.contains { $0.action.name == "unmute" && $0.context == .table })
    }

    @Test("a first configuration is read without a complaint, and says what was given")
    func sketch() throws {
        let given: [(String, AdapterDescriptor.Authentication, String?)] = [
            ("librenms", .token, nil), ("krill", .password, "no\"c"),
        ]
        for (kind, authentication, user) in given {
            let sketch = ConfigurationSketch([
                ConfigurationSketch.Backend(
                    name: "core", kind: kind, url: "https://nms.example.net", user: user,
                    secret: .command(["pass", "show", "a \\ b"]), mode: .guarded)
            ])
            let reading = try scratch.read(sketch.text { _ in authentication }, permissions: 0o644)
            #expect(reading.complaints == [])
            let backend = try #require(reading.settings.backends.first)
            #expect(backend.name == "core" && backend.kind == kind && backend.mode == .guarded)
            #expect(backend.secret == .command(["pass", "show", "a \\ b"]))
            if let user { #expect(backend.user == .written(Secret(user))) }
        }
    }

    @Test("a first configuration names every other key in a comment, and keeps all servers apart")
    func comments() throws {
        let text = Self.sketch.text(Self.authentication)
        for key in ["mode", "timezone", "proxy", "ca", "pin", "connect", "body", "theme", "keymap", "shared"]
        {
            #expect(text.contains("\n#\(key) = "), "\(key)")
        }
        #expect(text.contains("\n#connect = \"5s\"\n") && text.contains("\n#insecure = false\n"))
        let plain = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(plain.count == 5 + 6 && plain.count { $0 == "[[backend]]" } == 2)
        let reading = try scratch.read(text, permissions: 0o644)
        #expect(reading.complaints == [] && reading.settings.backends.map(\.name) == ["core", "access"])
    }

    @Test("a first configuration is valid with every comment of a setting removed, and says the same")
    func uncommented() throws {
        let text = Self.sketch.text(Self.authentication)
        let settings = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") ? line.dropFirst() : line
        }
        let reading = try scratch.read(settings.joined(separator: "\n"), permissions: 0o600)
        // Only the files of the examples are not there.
        #expect(
            reading.complaints.allSatisfy { $0.words.hasPrefix("/etc/nocturne/") }, "\(reading.complaints)")
        // One at a time as well: no line needs another.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let standard = try scratch.read(text, permissions: 0o600).settings
        for (place, line) in lines.enumerated() where line.hasPrefix("#") && !line.hasPrefix("# [") {
            guard !line.hasPrefix("# "), !line.hasPrefix("#[") else { continue }
            var changed = lines
            changed[place] = line.dropFirst()
            if let heading = lines[..<place].lastIndex(where: { $0.hasPrefix("#[") }),
                !lines[heading..<place].contains("[[backend]]")
            {
                changed[heading] = lines[heading].dropFirst()
            }
            let one = try scratch.read(changed.joined(separator: "\n"), permissions: 0o600)
            #expect(
                one.complaints.allSatisfy {
                    $0.words.contains("/etc/nocturne/") || $0.words.contains("basic")
                        || $0.words.contains("password")
                        || $0.words.contains("user")
                }, "\(line): \(one.complaints)")
            if line.contains("theme") { #expect(one.settings.theme == standard.theme) }
        }
    }

    private static let sketch = ConfigurationSketch([
        ConfigurationSketch.Backend(
            name: "core", kind: "librenms", url: "https://nms.example.net", user: nil,
            secret: .environment("NMS_TOKEN")),
        ConfigurationSketch.Backend(
            name: "access", kind: "krill", url: "https://krill.example.net", user: "noc",
            secret: .environment("KRILL_PASSWORD")),
    ])
    private static func authentication(_ kind: String) -> AdapterDescriptor.Authentication {
        kind == "librenms" ? .token : .password
    }
}
