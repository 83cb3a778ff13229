import AdapterKit
import BondingAdapter
import Foundation
import KrillAdapter
import LibreNMSAdapter
import Testing

/// docs/coverage.md follows from the catalogues; `RECORD=1` writes it again.
@Suite("Coverage")
struct CoverageTests {
    static let apis = [
        CoveredAPI(
            kind: "librenms", title: "LibreNMS, API v0",
            introduction: """
                The functions of the document of API v0, and the routes that today's release (26.7) lists besides. \
                Paths are below `/api/v0`. What a server does not list in its root is not offered.
                """,
            catalogue: LibreNMS.descriptor.catalogue, reached: Reach.libreNMS),
        CoveredAPI(
            kind: "bonding", title: "Bonding, API v3",
            introduction: """
                Every URI of the document of API v3, below `/api`. Left out is `/v3/self/`, which the document calls \
                private. Every URI takes OPTIONS as well: nocturne asks it before a command for rights and required \
                fields.
                """,
            catalogue: Bonding.descriptor.catalogue, reached: Reach.bonding),
        CoveredAPI(
            kind: "krill", title: "Krill, API v2",
            introduction: """
                Every path that the document of API v2 and what else is public of it name, below `/api`. Where the \
                document names an application and no path, the path is inferred; so are the paths of the \
                monitoring's actions. Some paths act by GET: these leave as commands only.
                """,
            catalogue: Krill.descriptor.catalogue, reached: Reach.krill),
    ]

    private static let introduction = """
        # Coverage of the APIs

        Each method of each path of the three APIs: how it is reached in nocturne, and the test that goes over HTTP \
        for it. The tables follow from the catalogues of the adapters; the test “Coverage” writes them with \
        `RECORD=1`, and else fails where they differ, where a test that is named does not exist, or where something \
        is reached by nothing.

        `:` is the palette, which has every command by name; a letter is a key of the default keymap; `get` and \
        `browse` are panes and commands of the shell. Every change asks before anything is sent.


        """

    private static let project = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("docs/coverage.md has every method of every path of the catalogues")
    func document() throws {
        let file = Self.project.appending(path: "docs/coverage.md")
        let wanted = Self.introduction + Self.apis.map(\.text).joined(separator: "\n")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try wanted.write(to: file, atomically: true, encoding: .utf8)
        } else {
            let written = try String(contentsOf: file, encoding: .utf8)
            #expect(written == wanted, "RECORD=1 swift test --filter CatalogueTests writes docs/coverage.md")
        }
    }

    @Test("whatever panes and commands are said to reach is in a catalogue")
    func known() {
        for api in Self.apis {
            let names = Set(api.rows.map(\.name))
            for name in api.reached.keys where !names.contains(name) {
                Issue.record("\(api.title): \(name) is in no catalogue")
            }
        }
    }

    @Test("nothing is left for later")
    func whole() {
        for row in Self.apis.flatMap(\.rows) {
            #expect(!row.reach.words.isEmpty && !row.reach.test.isEmpty, "\(row.name)")
            #expect(!row.reach.words.contains("later") && !row.reach.test.contains("later"), "\(row.name)")
        }
    }

    @Test("every test that the document names is there, in the suite that it names")
    func named() throws {
        let folder = Self.project.appending(path: "Tests")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let sources = try (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }
        #expect(sources.count > 50)
        for test in Set(Self.apis.flatMap(\.rows).map(\.reach.test)).sorted()
        where !test.hasPrefix(CoveredAPI.untested) {
            let parts = test.components(separatedBy: " / ")
            let isThere =
                parts.count == 2
                && sources.contains {
                    $0.contains("@Suite(\"\(parts[0])\"") && $0.contains("\"\(parts[1])\"")
                        && $0.contains("@Test(")
                }
            #expect(isThere, "there is no test “\(test)”")
        }
    }
}
