import Dashboard
import Domain
import Testing

@testable import Configuration

@Suite("The folder of run-books")
struct RunbookFolderTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private var folder: RunbookFolder {
        RunbookFolder(
            Directories(environment: ["HOME": scratch.path(""), "XDG_CONFIG_HOME": scratch.path("c")]))
    }

    @Test("texts are found by their folder and name; what is no Markdown file is none")
    func found() throws {
        try scratch.write("# Do", to: "c/nocturne/runbooks/rule/bgp down.md")
        try scratch.write("# Do", to: "c/nocturne/runbooks/type/notes.txt")
        try scratch.write("# Do", to: "c/nocturne/runbooks/other/x.md")
        let book = Runbooks.Book(.rule, "bgp down")
        #expect(folder.runbooks == Runbooks(folder: folder.runbooks.folder, [book]))
        #expect(try folder.read(book).get().lines == ["# Do"])
    }

    @Test("a folder that is not there has none, and a text that is gone says so")
    func absent() {
        #expect(folder.runbooks == Runbooks(folder: folder.runbooks.folder, []))
        let error = #expect(throws: BackendError.self) {
            try folder.read(Runbooks.Book(.type, "gone")).get()
        }
        #expect(error?.words.contains("runbooks/type/gone.md can't be read") == true)
    }
}
