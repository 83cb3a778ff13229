import Dashboard
import Domain
import Foundation
import Testing

@testable import nocturne

@Suite("What the operator arranged, on disk")
struct PreferencesTests {
    private let directory: TemporaryDirectory
    init() throws { directory = try TemporaryDirectory() }

    private var file: PreferencesFile { PreferencesFile(path: "\(directory.path)/state/views.jsonl") }

    private static let view = SavedView(
        name: "night", pane: .alerts, filter: "sev>=warning \"a b\"", problemsOnly: true,
        backend: "core",
        choice: PaneChoice(
            order: [SortKey(.severity, descending: true), SortKey(.name)],
            columns: [ColumnChoice(.name, isShown: true, width: 12), ColumnChoice(.note, isShown: false)]))

    @Test("what was never kept is nothing")
    func absent() { #expect(file.read() == Preferences()) }

    @Test("what is kept is read as it was, by whoever wrote it")
    func roundTrip() {
        let arranged = Preferences.Change.arrange(.ports, PaneChoice(order: [SortKey("in_bps")]))
        #expect(file.add(.save(Self.view)) == nil)
        #expect(file.add(arranged) == nil)
        #expect(file.add(.save(SavedView(name: "gone", pane: .bills, filter: ""))) == nil)
        #expect(file.add(.remove("gone")) == nil)
        let snooze = Snooze(
            backend: "core", kind: .alert, id: "0/5:3", name: "a \"b\"", at: Timestamp(1_800_000_000),
            until: Timestamp(1_800_003_600),
            rowState: Snooze.RowState(severity: "critical", state: "open", began: 1_799_999_000))
        var endless = snooze
        endless.id = "7"
        endless.until = nil
        for change in [Preferences.Change.snooze(endless), .snooze(snooze), .wake(endless)] {
            #expect(file.add(change) == nil)
        }
        var wanted = Preferences()
        wanted.apply(.save(Self.view))
        wanted.apply(arranged)
        wanted.apply(.snooze(snooze))
        #expect(file.read() == wanted)
    }

    @Test("the theme that was chosen last is kept, until the configuration names another one")
    func theme() {
        for name in ["daylight", "mono"] { #expect(file.add(.theme(name)) == nil) }
        #expect(file.read().theme == "mono")
        #expect(file.add(.theme(nil)) == nil)
        #expect(file.read() == Preferences())
    }

    @Test("only its owner can read it")
    func permissions() throws {
        #expect(file.add(.save(Self.view)) == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test("lines that say nothing are passed over, and a file that has grown is rewritten")
    func grown() throws {
        for number in 0..<900 {
            var view = Self.view
            view.filter = "\(number)"
            #expect(file.add(.save(view)) == nil)
        }
        let handle = try #require(FileHandle(forWritingAtPath: file.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("no json\n{\"other\": 1}\n{\"save\": {\"name\": \"\"}}\n".utf8))
        try handle.close()
        let read = file.read()
        #expect(read.views.map(\.filter) == ["899"])
        #expect(try Data(contentsOf: URL(filePath: file.path)).count < 1_000)
        #expect(file.read() == read)
    }

    @Test("a place that can't be written is told with its path")
    func unwritable() throws {
        try Data().write(to: URL(filePath: "\(directory.path)/state"))
        #expect(file.add(.save(Self.view))?.contains("\(directory.path)/state/views.jsonl") == true)
    }
}
