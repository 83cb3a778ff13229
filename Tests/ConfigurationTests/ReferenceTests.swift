import Dashboard
import Foundation
import Presets
import Testing

@testable import Configuration

/// The parts of the documentation that follow from the code; `RECORD=1` writes them again.
@Suite("The reference")
struct ReferenceTests {
    @Test("docs/configuration.md has every key of the schema, with what it holds")
    func configuration() throws {
        var text = ""
        func add(_ title: String, _ settings: [Setting]) {
            text += "### \(title)\n\n| key | holds | else | |\n|---|---|---|---|\n"
            for setting in settings {
                let standard = setting.isRequired ? "needed" : setting.standard.map { "`\($0)`" } ?? ""
                text += "| `\(setting.key)` | \(setting.type.words) | \(standard) | \(setting.words) |\n"
            }
            text += "\n"
            for setting in settings {
                switch setting.type {
                case .section(let inner):
                    add(title == "The file" ? "`[\(setting.key)]`" : "`\(setting.key)`", inner)
                case .sections(let inner): add("`[[\(setting.key)]]`", inner)
                default: break
                }
            }
        }
        add("The file", Schema.file)
        try hold("configuration.md", after: "## Every key\n\n", text)
    }

    @Test("docs/keys.md has every key of the standard keymap")
    func keys() throws {
        let file = try #require(Presets.keymaps.first)
        let shipped = [NamedFile(name: file.name, path: file.name, bytes: file.bytes)]
        // Which panes and commands there are is the adapters' to say: here every name is one.
        let names = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
            .compactMap { $0.wholeMatch(of: /([a-z0-9-]+) +=.*/).map { String($0.1) } }
        #expect(names.contains("acknowledge"))
        let keymap = KeymapLibrary(shipped: shipped, directory: "/nonexistent").keymap(
            "default", actions: names
        )
        .keymap
        var text = ""
        for context in KeyContext.allCases {
            let bindings = keymap.bindings.filter { $0.context == context }
            guard !bindings.isEmpty else { continue }
            text += "### `[\(context.rawValue)]`\n\n| keys | name | |\n|---|---|---|\n"
            var seen: Set<Action> = []
            for action in bindings.map(\.action) where seen.insert(action).inserted {
                let keys = bindings.filter { $0.action == action }.map { "`\($0.spelling)`" }
                text += "| \(keys.joined(separator: " ")) | `\(action.name)` | \(words(action)) |\n"
            }
            text += "\n"
        }
        try hold("keys.md", after: "## By context\n\n", text)
    }

    private func words(_ action: Action) -> String {
        switch action {
        case .own(let own): own.title
        case .pane(let pane): "Go to \(pane)"
        case .command(let command): "The command \(command)"
        case .search, .locate, .show: "Search"
        case .program(let title): title
        }
    }

    /// Compares the part of a document behind a heading with what it should be.
    private func hold(_ name: String, after heading: String, _ text: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/\(name)")
        let document = try String(contentsOf: file, encoding: .utf8)
        let place = try #require(document.range(of: heading), "\(name) has no heading for it")
        let written = String(document[place.upperBound...])
        let wanted = text.trimmingCharacters(in: .newlines) + "\n"
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try (document[..<place.upperBound] + wanted).write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(
                written == wanted, "RECORD=1 swift test --filter ReferenceTests writes docs/\(name) again")
        }
    }
}
