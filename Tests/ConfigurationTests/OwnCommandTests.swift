import AdapterKit
import Canvas
import Dashboard
import Domain
import Testing

@testable import Configuration

@Suite("Own commands, as they are configured")
struct OwnCommandTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private static let resources = [
        ResourceDescriptor(
            .device, plural: "devices", pane: .devices,
            fields: [Field(.name, "Device", .text), Field("ip", "IP", .text)], interval: 60),
        ResourceDescriptor(
            .alert, plural: "alerts", pane: .alerts,
            fields: [Field(.device, "Device", .ref(.device)), Field(.severity, "Severity", .severity)],
            interval: 60),
    ]

    private func read(_ text: String, permissions: Int = 0o600) throws -> Settings.Reading {
        Settings.read(
            try scratch.write("[[command]]\n" + text, permissions: permissions), adapters: Example.adapters,
            resources: Self.resources,
            directories: Directories(environment: ["HOME": scratch.path("")]))
    }

    @Test("every key of it is taken")
    func whole() throws {
        let reading = try read(
            """
            title = "SSH"
            key = "ctrl-x s"
            panes = ["devices", "alerts"]
            run = ["ssh", "{device.address}", "{{"]
            confirm = true
            safe = true
            capture = true
            """)
        #expect(reading.complaints.isEmpty, "\(reading.complaints)")
        let command = try #require(reading.settings.commands.first?.command)
        #expect(command.title == "SSH" && command.keys.map(\.description) == ["ctrl-x", "s"])
        #expect(command.panes == [.devices, .alerts] && command.manner == .captured)
        #expect(command.isConfirmed && command.isSafe)
        #expect(command.run.count == 3 && command.run[2].parts == [.text("{")])
    }

    @Test(
        "what is wrong is an error at its place, and the command is left out",
        arguments: [
            ("run = [\"ssh\"]", ":1:1: error: [[command]] needs title"),
            ("title = \"S\"", ":1:1: error: [[command]] needs run"),
            (
                "title = \"S\"\nrun = [\"ssh\", \"-p\", \"{adress}\"]",
                ":3:22: error: no row has a field \"adress\""
            ),
            (
                "title = \"S\"\npanes = [\"devices\"]\nrun = [\"ssh\", \"x={severity}\"]",
                ":4:18: error: rows of devices have no field \"severity\""
            ),
            ("title = \"S\"\nrun = [\"ssh\", \"{device.ipp}\"]", "no row has a field \"device.ipp\""),
            ("title = \"S\"\nrun = [\"{name}\"]", ":3:9: error: a server must not say which program runs"),
            ("title = \"S\"\nrun = [\"ssh\", \"{name\"]", ":3:16: error: a { is not closed"),
            ("title = \"S\"\nrun = [\"ssh\", \"a}\"]", ":3:17: error: a } stands alone"),
            ("title = \"S\"\nrun = \"ssh host\"", ":3:7: error: run is ["),
            (
                "title = \"S\"\npanes = [\"devcies\"]\nrun = [\"a\"]",
                ":3:10: error: there is no pane \"devcies\""
            ),
            ("title = \"S\"\nkey = \"ctrl-s\"\nrun = [\"a\"]", ":3:7: error: ctrl-s can't be used"),
            (
                "title = \"S\"\ncapture = true\nbackground = true\nrun = [\"a\"]",
                ":4:14: error: capture and background exclude each other"
            ),
        ])
    func wrong(text: String, complaint: String) throws {
        let reading = try read(text)
        #expect(reading.complaints.first?.description.contains(complaint) == true, "\(reading.complaints)")
        #expect(reading.complaints.hasErrors && reading.settings.commands.isEmpty)
    }

    @Test("two of one title are an error, and a file that anybody can change gives no program")
    func taken() throws {
        let twice = try read("title = \"S\"\nrun = [\"a\"]\n[[command]]\ntitle = \"S\"\nrun = [\"b\"]")
        #expect(twice.settings.commands.count == 1)
        #expect(twice.complaints.first?.description.contains(":5:9: error: there are two") == true)
        let open = try read("title = \"S\"\nrun = [\"a\"]", permissions: 0o666)
        #expect(open.settings.commands.isEmpty && open.complaints.hasErrors)
    }

    @Test("a key that is taken is an error at its place that names the holder; the command stays without it")
    func keys() throws {
        func placed(_ key: String) throws -> (keymap: Keymap, complaints: [Complaint]) {
            let reading = try read("title = \"SSH\"\nkey = \"\(key)\"\nrun = [\"a\"]")
            return Keymap([
                Binding(.global, [.character("q")], .own(.quit)),
                Binding(.table, [.character("g"), .character("g")], .own(.top)),
                Binding(.dialog, [.character("y")], .own(.yes)),
            ]).adding(reading.settings.commands)
        }
        let free = try placed("y")
        #expect(free.complaints.isEmpty)
        #expect(free.keymap.match([.character("y")], in: [.table, .global]) == .action(.program("SSH")))
        #expect(free.keymap.match([.character("y")], in: [.detail, .global]) == .action(.program("SSH")))
        let taken = try placed("q")
        #expect(
            taken.complaints.first?.description.contains(
                ":3:7: error: q does quit in [global]: give SSH another key") == true, "\(taken.complaints)")
        #expect(taken.keymap.match([.character("q")], in: [.table, .global]) == .action(.own(.quit)))
        #expect(try placed("g").complaints.first?.words.contains("is a part of g g, which does top") == true)
    }
}
