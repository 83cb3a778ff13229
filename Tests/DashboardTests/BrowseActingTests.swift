import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Acting in an API, and looking at what it answers")
struct BrowseActingTests {
    @Test("what is made is made in the collection in front, wherever the cursor is")
    func create() throws {
        var desk = Desk.onRows()
        desk.press("j")
        #expect(desk.footer.contains("E create here"))
        let effects = desk.press("E")
        let session = try #require(desk.session)
        #expect(
            effects == [
                .open(session: session.id, World.bonds, Command(.createResource, [World.bondPath]))
            ])
    }

    @Test("what a server refuses in a collection is grey there, with its words")
    func refused() {
        var desk = Desk.browsing()
        desk.walk(to: World.bondPath)
        desk.browsed(World.browsed(3, refusals: [.createResource: "the server takes no POST here"]))
        #expect(!desk.footer.contains("create here"))
        desk.press("E")
        #expect(desk.state.sessions.isEmpty && desk.message == "the server takes no POST here")
        desk.press(".")
        #expect(desk.text.contains("Create here") && desk.text.contains("takes no POST here"))
    }

    @Test("what the API has no method for is grey from the list of paths alone, and nothing is asked")
    func noMethod() {
        var desk = Desk.browsing()
        desk.walk(to: World.path("/v3/spaces/"))
        desk.browsed(World.browsed(3, of: World.path("/v3/spaces/"), title: "Spaces"))
        #expect(!desk.footer.contains("delete") && !desk.footer.contains("change"))
        #expect(desk.press("K").isEmpty && desk.state.sessions.isEmpty)
        #expect(desk.message == "the API has nothing to delete here: no DELETE")
        desk.press("e")
        #expect(desk.message == "the API has nothing to change here: no PATCH and no PUT")
        desk.press("Esc")
        desk.go(to: World.path("/v3/versions/"))
        #expect(!desk.footer.contains("create"))
    }

    @Test("a part of an object is changed with the object and not by itself")
    func part() {
        var desk = Desk.onObject()
        desk.go(toLine: "leg_list")
        desk.press("Enter")
        let legs = World.path("/v3/bonds/21/#/leg_list")
        #expect(desk.state.place.pane == PaneName(of: legs))
        desk.browsed(World.browsed(2, of: legs, title: "Bond: leg_list"))
        desk.press("E")
        #expect(desk.message == "this is a part of an object: go back and change the object")
        #expect(desk.state.sessions.isEmpty)
        desk.press("Esc")
        #expect(desk.state.details.last?.entity == World.firstBond)
    }

    @Test("an operation is run from its line in an object")
    func operation() throws {
        var desk = Desk.onObject()
        desk.go(toLine: "Restart a bond")
        let effects = desk.press("Enter")
        let session = try #require(desk.session)
        let target = EntityRef(World.bonds, .operation, id: "/v3/bonds/21/restart/")
        #expect(effects == [.open(session: session.id, World.bonds, Command(.callOperation, [target]))])
    }

    @Test(
        "menus, the footer and help name the keys of browse, and not those that mean something else elsewhere"
    )
    func keys() {
        var desk = Desk.onObject()
        for words in ["e change the object", "K delete the object", "B its pane", "Esc back"] {
            #expect(desk.footer.contains(words), "\(desk.footer)")
        }
        desk.press(".")
        let menu = desk.lines.filter { $0.contains("│") }
        for (title, key) in [
            ("Change the object", "e"), ("Delete the object", "K"), ("Raw answer of the server", "V"),
        ] {
            #expect(menu.contains { $0.contains("│ \(title)") && $0.contains(" \(key) │") }, "\(title)")
        }
        desk.press("Esc", "?")
        #expect(desk.text.contains("In browse") && !desk.text.contains("Edit rule"))
    }

    @Test("read-only offers nothing that changes anything, by footer or by key")
    func readOnly() {
        var desk = Desk.onObject(isReadOnly: true)
        for _ in 0..<3 {
            for word in ["create", "change", "delete", "run the"] {
                #expect(!desk.footer.contains(word), "\(desk.footer)")
            }
            for key in ["E", "e", "K"] {
                let sent = desk.press(key).filter(\.isCommand)
                #expect(sent == [])
                #expect(desk.state.sessions.isEmpty && desk.message.hasPrefix("read-only"))
            }
            desk.press("Esc")
        }
    }

    // MARK: Secrets

    @Test("a secret is shown only after a yes, for ten seconds, and is asked for again after them")
    func reveal() {
        var desk = Desk.onObject()
        desk.go(toLine: "password")
        #expect(desk.lineUnderCursor.contains("•••") && desk.footer.contains("show the secret"))
        #expect(desk.press("Enter").isEmpty)
        #expect(desk.text.contains("Show it on the screen for 10 seconds?"))
        #expect(desk.press("Enter").isEmpty && desk.state.layers.isEmpty)
        desk.press("Enter")
        #expect(desk.press("y") == [.reveal(World.firstBond, field: "password")])
        #expect(desk.press("y").isEmpty)
        desk.send(.revealed(World.firstBond, field: "password", .success("hunter2")))
        #expect(desk.text.contains("hunter2") && desk.text.contains("hidden again in 10 s"))
        desk.tick(9)
        #expect(desk.text.contains("hunter2"))
        desk.tick(1)
        #expect(!desk.text.contains("hunter2"))
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty && !desk.text.contains("hunter2"))
    }

    @Test("a secret that comes after its question was put away is not shown")
    func revealLate() {
        var desk = Desk.onObject()
        desk.go(toLine: "password")
        desk.press("Enter", "y", "Esc")
        desk.send(.revealed(World.firstBond, field: "password", .success("hunter2")))
        #expect(!desk.text.contains("hunter2"))
        desk.press("Enter")
        desk.send(.revealed(World.firstBond, field: "password", .success("hunter2")))
        #expect(!desk.text.contains("hunter2"))
    }

    // MARK: Raw answers and files

    @Test("the raw answer is looked through, and copied as a curl line")
    func raw() {
        var desk = Desk.onRows()
        #expect(desk.press("V") == [.readRaw(World.bondPath)])
        let body = (0..<80).map { $0 % 40 == 30 ? "\"needle\": \($0)" : "\"line\": \($0)" }
        let answer = RawAnswer(
            request: "GET https://bonds.example.net/v3/bonds/", head: ["status 200"], body: body,
            curl: "curl -sS 'https://bonds.example.net/v3/bonds/'")
        desk.send(.rawAnswered(World.bondPath, .success(answer)))
        #expect(desk.text.contains("GET https://bonds.example.net/v3/bonds/"))
        desk.press("ctrl-f")
        desk.type("needle")
        desk.press("Enter")
        #expect(desk.lines[3].contains("\"needle\": 30") && desk.text.contains("in 2 lines"))
        desk.press("n")
        #expect(desk.text.contains("\"needle\": 70"))
        desk.press("N")
        #expect(desk.lines[3].contains("\"needle\": 30"))
        let copied = desk.press("y")
        #expect(copied.contains { if case .copy = $0 { true } else { false } })
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty && desk.state.place.pane == PaneName(of: World.bondPath))
    }

    @Test("the raw answer of an operation is never asked for, for a look would act")
    func rawOperation() {
        var desk = Desk.browsing()
        desk.go(to: EntityRef(World.bonds, .operation, id: "/v3/bonds/{bond}/restart/"))
        #expect(desk.press("V").isEmpty && desk.message == "an operation is never read")
    }

    @Test("w saves where the server answers with a file, and nowhere else")
    func file() {
        var desk = Desk.onObject()
        #expect(desk.press("w").isEmpty && desk.message == "the server answers with no file here")
        let backup = World.object("/v3/backup/")
        _ = desk.state.go(to: Place(pane: .browse, path: [backup]))
        desk.send(
            .detailed(
                backup,
                .success(
                    Detail(
                        backup, title: "Latest backup",
                        sections: [Detail.Section("File", [Detail.Line("File", .text("b.zip"))])]))))
        #expect(desk.footer.contains("w save the file"))
        #expect(desk.press("w") == [.saveFile(backup)])
    }
}
