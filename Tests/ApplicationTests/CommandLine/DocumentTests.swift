import AdapterKit
import ArgumentParser
import Configuration
import Dashboard
import Domain
import Filter
import Foundation
import Testing
import Wallboard

@testable import nocturne

/// What the documents say, held to the code.
@Suite("The documents")
struct DocumentTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")

    private func document(_ name: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
    }

    @Test("every filter of docs/filter.md is one")
    func filters() throws {
        let vocabulary = FilterVocabulary(
            AdapterRegistry.all.flatMap(\.sample.resources), backends: ["core", "edge"])
        let lines = try document("docs/filter.md").blocks("filter").flatMap { $0.split(separator: "\n") }
        #expect(lines.count > 15)
        for line in lines {
            guard case .finished = FilterExpression.parse(String(line), vocabulary) else {
                Issue.record("\(line) is no filter")
                continue
            }
        }
    }

    @Test("the walk through the smallest adapter shows the adapter as it is")
    func adapter() throws {
        let source = try document("Tests/ApplicationTests/Tides/TideAdapter.swift")
        let flat = source.split(separator: "\n").map { $0.drop { $0 == " " } }
        let blocks = try document("docs/adapters.md").blocks("swift")
        #expect(blocks.count >= 3)
        for block in blocks {
            let lines = block.split(separator: "\n").map { $0.drop { $0 == " " } }
            #expect(flat.firstRange(of: lines) != nil, "not in TideAdapter.swift:\n\(block)")
        }
    }

    @Test("docs/wallboard.md: its configuration has no fault and its command lines are understood")
    func wallboard() throws {
        let text = try document("docs/wallboard.md")
        let directory = try TemporaryDirectory()
        let file = "\(directory.path)/config.toml"
        let configuration = try #require(text.blocks("toml").first)
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        let directories = Directories(environment: ["HOME": directory.path])
        let reading = Settings.read(file, LookLibrary(directories), directories)
        #expect(reading.complaints == [])
        #expect(reading.settings.backends.count == 2)
        let names = reading.settings.wallboards.map(\.name)
        #expect(names == ["noc", "lobby"])
        // What is typed, what systemd starts, what tmux starts.
        let lines = text.split(separator: "\n").compactMap { line -> Substring? in
            guard let range = line.firstRange(of: "nocturne --") else { return nil }
            let isExample = line.hasPrefix("    nocturne --") || line.hasPrefix("ExecStart=")
            return isExample ? line[range.lowerBound...].prefix { $0 != "#" && $0 != "'" } : nil
        }
        #expect(lines.count >= 6)
        for line in lines {
            let words = line.split(separator: " ").dropFirst().map(String.init)
            let command = try #require(try Nocturne.parseAsRoot(words) as? DashboardCommand, "\(line)")
            #expect(command.board.isWanted, "\(line)")
            if let name = command.board.name { #expect(names.contains(name), "\(line)") }
        }
    }

    @Test(
        "docs/wallboard.md: its units have sections and settings, end in what they start, and hand over what is used"
    )
    func units() throws {
        let text = try document("docs/wallboard.md")
        let configuration = try #require(text.blocks("toml").first)
        let units = text.blocks("ini")
        #expect(units.count == 2)
        for unit in units {
            var sections: [String: [(key: String, value: String)]] = [:]
            var section = ""
            for line in unit.split(separator: "\n") where !line.hasPrefix("#") {
                if line.hasPrefix("["), line.hasSuffix("]") {
                    section = String(line.dropFirst().dropLast())
                } else {
                    let pair = line.split(separator: "=", maxSplits: 1).map(String.init)
                    #expect(pair.count == 2 && pair[0].first?.isUppercase == true, "\(line)")
                    sections[section, default: []].append((pair[0], pair.last ?? ""))
                }
            }
            #expect(Set(sections.keys) == ["Unit", "Service", "Install"])
            let service = sections["Service"] ?? []
            #expect(service.contains { $0 == ("Restart", "always") })
            #expect(service.count { $0.key == "ExecStart" } == 1)
            for (_, value) in service.filter({ $0.key == "LoadCredential" }) {
                let name = value.prefix { $0 != ":" }
                #expect(configuration.contains("/run/credentials/nocturne-wall.service/\(name)\""))
            }
        }
    }

    @Test("docs/fields.md has every field of every kind, and what is promised to scripts is there")
    func fields() throws {
        let kinds = FieldCatalogue().kinds
        var text = ""
        for kind in kinds {
            text +=
                "### `\(kind.plural)`\n\nKind `\(kind.kind)`, of \(kind.adapters.joined(separator: ", ")).\n\n"
            text += "| name | holds | on the screen |\n|---|---|---|\n"
            for field in kind.fields {
                let holds = FieldCatalogue.words(field.type)
                text += "| `\(field.key)` | \(holds) | \(field.title) |\n"
            }
            text += "\n"
        }
        let head = """
            # Fields

            What `nocturne get` and `nocturne watch` print besides `backend`, `kind`, `id`, `name` and `fetched_at`: version \
            \(FieldCatalogue.version) of the names. Within a version new names may come, and none goes or changes its \
            meaning. What is not known is `null`. Written by a test from what the adapters declare.


            """
        let wanted = head + text.trimmingCharacters(in: .newlines) + "\n"
        let file = Self.root.appending(path: "docs/fields.md")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try wanted.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(
                try document("docs/fields.md") == wanted,
                "RECORD=1 swift test --filter DocumentTests writes docs/fields.md again")
        }
        let promised = [
            "device": ["status", "location", "last_polled"],
            "port": ["device", "admin", "oper", "in_bps", "out_bps", "speed_bps", "errors_per_s"],
            "alert": ["severity", "state", "device", "rule", "since", "note"],
            "bill": ["used_percent", "allowed", "used", "period"],
            "rule": ["severity", "enabled", "expression"],
        ]
        for (kind, names) in promised {
            let found = Set(kinds.first { $0.kind.rawValue == kind }?.fields.map(\.key.rawValue) ?? [])
            #expect(found.isSuperset(of: names), "\(kind): \(Set(names).subtracting(found))")
        }
    }
}

extension String {
    /// The blocks of a document in Markdown whose fence says `info`.
    func blocks(_ info: String) -> [String] {
        var blocks: [String] = []
        var block: [Substring]?
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            if let lines = block, line == "```" {
                blocks.append(lines.joined(separator: "\n"))
                block = nil
            } else if block != nil {
                block?.append(line)
            } else if line == "```\(info)" {
                block = []
            }
        }
        return blocks
    }
}
