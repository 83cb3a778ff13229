import ArgumentParser
import Configuration
import Dashboard
import Domain
import Testing
import Wallboard

@testable import nocturne

@Suite("What a configuration that was read again may change")
struct ReloadingTests {
    private static let core = """
        [[backend]]
        name = "core"
        kind = "librenms"
        url = "https://nms.example.net"
        token = { env = "NOCTURNE_TEST_TOKEN" }

        """

    private let directory: TemporaryDirectory
    private var path: String { "\(directory.path)/config.toml" }
    init() throws { directory = try TemporaryDirectory() }

    private func write(_ text: String) throws {
        try directory.write(text, to: "config.toml", permissions: 0o600)
    }

    /// What a process reads again that began with one text, after the file holds another.
    private func reading(
        _ before: String, then after: String, wallboard: String? = nil, backends: [String] = []
    ) throws -> Result<Reloaded, ReloadFault> {
        try write(before)
        let options = try SourceOptions.parse(
            ["--config", path] + backends.flatMap { ["--backend", $0] })
        let reloading = Reloading(try Setup(options), theme: nil, keymap: nil, wallboard: wallboard)
        try write(after)
        return reloading.read()
    }

    @Test("modes and intervals come with their backend, and nothing that is the same waits for a restart")
    func inForce() throws {
        let after = Self.core + "mode = \"guarded\"\nintervals = { alert = 30 }\n[ui]\ntheme = \"daylight\"\n"
        let reloaded = try reading(Self.core, then: after).get()
        #expect(
            reloaded.backends == [Reloaded.Backend(name: "core", mode: .guarded, intervals: ["alert": 30])])
        #expect(reloaded.restarts == [] && reloaded.notices == [])
        #expect(reloaded.theme == "daylight")
        #expect(try reading(after, then: after).get().theme == nil)
    }

    @Test("what is reached in another way, new or gone waits for a restart and is named")
    func restarts() throws {
        let lab = Self.core.replacing("\"core\"", with: "\"lab\"")
        func restarts(_ before: String, _ after: String, _ backends: [String] = []) throws -> [String] {
            try reading(before, then: after, backends: backends).get().restarts
        }
        #expect(try restarts(Self.core, Self.core + lab) == ["lab is new"])
        #expect(try restarts(Self.core + lab, Self.core) == ["lab is not configured any more"])
        for (find, put) in [
            ("nms.example", "other.example"), ("NOCTURNE_TEST_TOKEN", "ANOTHER"),
            ("token =", "proxy = \"http://p.example:3128\"\ntoken ="),
        ] {
            #expect(
                try restarts(Self.core, Self.core.replacing(find, with: put)) == [
                    "core is reached or logged in to in another way"
                ])
        }
        #expect(
            try restarts(Self.core, Self.core + "[audit]\nmode = \"best-effort\"\n") == [
                "the audit log is another"
            ])
        let programs = "[ui]\nbrowser = [\"firefox\"]\nlow_bandwidth = true\n"
        #expect(
            try restarts(Self.core, Self.core + programs) == [
                "the browser is another", "low_bandwidth is another",
            ])
        // What the command line left out is nobody's concern.
        #expect(try restarts(Self.core + lab, Self.core, ["core"]) == [])
    }

    @Test("an error anywhere in the file is told with its place, and nothing of it comes into force")
    func errors() throws {
        for (text, words) in [
            (Self.core + "mode = \"looser\"\n", ":6:8: error: mode is "),
            (Self.core + "[[backend]\n", "invalid TOML"),
            (Self.core + "[[wallboard]]\nname = \"a\"\nlock = 1\n", ":8:8: error: lock is true or false"),
            ("", "no backend can be used"),
        ] {
            guard case .failure(let fault) = try reading(Self.core, then: text) else {
                Issue.record("this was taken:\n\(text)")
                continue
            }
            #expect(fault.words.contains(words) && fault.words.contains(path), "\(fault.words)")
        }
    }

    @Test("the wallboard that was asked for is read again, and missed when it is gone")
    func wallboards() throws {
        let noc = "[[wallboard]]\nname = \"noc\"\n"
        let other = "[[wallboard]]\nname = \"other\"\nlock = true\n"
        let changed = try reading(Self.core + noc, then: Self.core + noc + "lock = true\n", wallboard: "noc")
        #expect(
            try changed.get().profile as? WallboardProfile == WallboardProfile(name: "noc", isLocked: true))
        #expect(
            (try reading(Self.core + noc, then: Self.core + other).get().profile as? WallboardProfile)?.name
                == "other")
        let gone = try reading(Self.core + noc, then: Self.core + other, wallboard: "noc")
        guard case .failure(let fault) = gone else {
            Issue.record("it is there")
            return
        }
        #expect(fault.words == "there is no wallboard noc any more")
    }
}
