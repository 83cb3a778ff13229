import Configuration
import Dashboard
import Domain
import TOML
import Testing
import Wallboard

@Suite("Wallboards in config.toml")
struct WallboardTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private static let resources = [
        ResourceDescriptor(
            .alert, plural: "alerts", pane: .alerts,
            fields: [
                Field(.name, "Alert", .text), Field(.severity, "Severity", .severity),
                Field(.since, "Since", .time),
            ], interval: 20, feedsCounts: true),
        ResourceDescriptor(
            .device, plural: "devices", pane: .devices, fields: [Field(.name, "Device", .text)], interval: 120
        ),
    ]

    private func read(_ text: String) throws -> Settings.Reading {
        Settings.read(
            try scratch.write(Example.core + text), adapters: Example.adapters,
            themes: ["midnight", "daylight", "mono"], resources: Self.resources,
            directories: Directories(environment: ["HOME": scratch.path(".")]))
    }

    @Test("everything that can be said of a wallboard arrives as a value")
    func everything() throws {
        let reading = try read(
            """
            [[wallboard]]
            name = "noc"
            theme = "daylight"
            night = { from = "22:30", to = "6:05", theme = "mono" }
            redact = ["customers", "addresses", "notes"]
            lock = true
            shift = "90s"

            [[wallboard.page]]
            view = "overview"

            [[wallboard.page]]
            view = "alerts"
            title = "Core"
            filter = "sev>=warning @core"
            sort = "-severity, since"
            dwell = 45
            only_if = "rows"

            [[wallboard.page]]
            view = "map"

            [[wallboard]]
            name = "plain"
            """)
        #expect(reading.complaints == [])
        let noc = try #require(reading.settings.wallboards.first)
        #expect(noc.name == "noc" && noc.theme == "daylight" && noc.isLocked && noc.shiftEvery == 90)
        #expect(noc.night == NightHours(from: 22 * 60 + 30, to: 6 * 60 + 5, theme: "mono"))
        #expect(noc.redaction == Set(Redaction.allCases))
        #expect(
            noc.pages == [
                WallboardPage(.overview),
                WallboardPage(
                    .pane(.alerts), title: "Core", filter: "sev>=warning @core",
                    order: [SortKey(.severity, descending: true), SortKey(.since)], dwell: 45, needsRows: true
                ),
                WallboardPage(.map),
            ])
        let plain = try #require(reading.settings.wallboards.last)
        #expect(plain == WallboardProfile(name: "plain"))
        #expect(plain.pages == WallboardProfile.standard.pages)
    }

    @Test("without a name it is the one called default, else the first, else the built-in")
    func choice() throws {
        let two = "[[wallboard]]\nname = \"a\"\n"
        #expect(try read(two).settings.wallboard(named: nil)?.name == "a")
        let three = two + "[[wallboard]]\nname = \"default\"\n"
        #expect(try read(three).settings.wallboard(named: nil)?.name == "default")
        #expect(try read(three).settings.wallboard(named: "a")?.name == "a")
        #expect(try read(three).settings.wallboard(named: "b") == nil)
        #expect(try read("").settings.wallboard(named: nil) == .standard)
        #expect(try read("").settings.wallboard(named: "a") == nil)
    }

    /// A line behind the name of a wallboard or of its page, where it is wrong, and words that must be said.
    static let faults: [(line: String, place: String, words: String)] = [
        ("theme = \"dayligt\"", "9:9", "no theme \"dayligt\"; did you mean \"daylight\"?"),
        ("night = { from = \"22:30\" }", "9:9", "needs to = a time of the day such as \"22:30\""),
        ("night = { from = \"24:00\", to = \"6:00\" }", "9:18", "from is a time of the day"),
        ("night = { from = 22, to = \"6:00\" }", "9:18", "and this is 22"),
        (
            "night = { from = \"22:00\", to = \"6:00\", theme = \"momo\" }", "9:48",
            "did you mean \"mono\"?"
        ),
        ("redact = [\"customers\", \"note\"]", "9:24", "did you mean \"notes\"?"),
        ("redact = \"customers\"", "9:10", "redact is a list of \"customers\""),
        ("lock = \"yes\"", "9:8", "lock is true or false"),
        ("shift = -5", "9:9", "shift is seconds"),
        ("[[wallboard.page]]", "9:1", "needs view"),
        ("[[wallboard.page]]\nview = \"alert\"", "10:8", "no page \"alert\"; did you mean \"alerts\"?"),
        (
            "[[wallboard.page]]\nview = \"alerts\"\nfilter = \"core sev>=wrning\"", "11:21",
            "column 11"
        ),
        ("[[wallboard.page]]\nview = \"alerts\"\nfilter = \"(a\"", "11:", "filter"),
        (
            "[[wallboard.page]]\nview = \"alerts\"\nsort = \"-sevrity\"", "11:8",
            "no field \"sevrity\"; did you mean \"severity\"?"
        ),
        ("[[wallboard.page]]\nview = \"alerts\"\ndwell = 1", "11:9", "from 3s"),
        ("[[wallboard.page]]\nview = \"alerts\"\nonly_if = \"row\"", "11:11", "did you mean"),
    ]

    @Test("each fault leaves that wallboard out and says where and what to do", arguments: faults)
    func fault(line: String, place: String, words: String) throws {
        let reading = try read(
            "\n[[wallboard]]\nname = \"noc\"\n\(line)\n[[wallboard]]\nname = \"other\"\n")
        let complaint = try #require(reading.complaints.first)
        #expect(complaint.weight == .error)
        #expect(complaint.position?.description.hasPrefix(place) == true, "\(complaint)")
        #expect(complaint.words.contains(words), "\(complaint)")
        #expect(reading.settings.wallboards.map(\.name) == ["other"])
        #expect(reading.settings.backends.map(\.name) == ["core"])
    }

    @Test("two wallboards of one name are one too many")
    func duplicates() throws {
        let reading = try read(
            "\n[[wallboard]]\nname = \"noc\"\n[[wallboard]]\nname = \"noc\"\nlock = true\n")
        #expect(reading.settings.wallboards == [WallboardProfile(name: "noc")])
        #expect(reading.complaints.first?.position?.line == 10)
        #expect(reading.complaints.first?.words.contains("is taken by the wallboard in line 8") == true)
    }
}
