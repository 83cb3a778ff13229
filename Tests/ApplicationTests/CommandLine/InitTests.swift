import Configuration
import Domain
import Foundation
import HTTP
import Simulator
import Synchronization
import Testing

@testable import nocturne

@Suite("init")
struct InitTests {
    /// Somebody who answers questions by how they begin, and what was said to them.
    private final class Operator {
        var answers: [(question: String, answer: String)]
        var said: [String] = []
        var asked: [String] = []
        var ends: [LoginTrial.End]

        init(_ answers: [(String, String)], ends: [LoginTrial.End] = []) {
            self.answers = answers
            self.ends = ends
        }

        var prompt: Prompt {
            Prompt(
                ask: { [self] question, standard in
                    asked.append(question)
                    guard let place = answers.firstIndex(where: { question.hasPrefix($0.question) }) else {
                        return standard
                    }
                    return answers.remove(at: place).answer
                }, say: { [self] in said.append($0) },
                logIn: { [self] _, _ in
                    ends.isEmpty ? LoginTrial.End(isFine: true, words: "logged in") : ends.removeFirst()
                })
        }
    }

    private func write(_ someone: Operator, _ given: InitCommand.Given = .init()) throws -> (
        text: String, settings: Settings
    ) {
        let directory = try TemporaryDirectory()
        var given = given
        given.config = "\(directory.path)/config.toml"
        let path = try InitDialog(given: given, prompt: someone.prompt).write()
        let directories = Directories(environment: ["HOME": directory.path])
        let reading = Settings.read(path, adapters: AdapterRegistry.all, directories: directories)
        return (directory.text(of: "config.toml"), reading.settings)
    }

    @Test("asks for all servers in one go, each with its own name, secret and advice")
    func three() throws {
        let someone = Operator([
            ("Address", "https://nms.example.net"), ("Where", "NMS_TOKEN"), ("Another", "yes"),
            ("Address", "https://krill.example.net"), ("User", "noc"), ("Where", "pass show krill"),
            ("Another", "yes"), ("Address", "https://ba.example.net"), ("User", "noc@example.net"),
            ("Where", "~/bonds.password"), ("Another", "no"),
        ])
        let (_, settings) = try write(someone)
        #expect(settings.backends.map(\.kind) == ["librenms", "krill", "bonding"])
        #expect(settings.backends.map(\.name) == ["core", "access", "bonds"])
        #expect(settings.backends[0].secret == .environment("NMS_TOKEN"))
        #expect(settings.backends[1].secret == .command(["pass", "show", "krill"]))
        #expect(someone.said.contains { $0.contains("API Settings") && $0.contains("global-read") })
        #expect(someone.said.contains { $0.contains("realm") })
        #expect(someone.said.contains { $0.contains("Bond admin") })
    }

    @Test("a login that fails is said with its reason, and what was answered can be put right at once")
    func again() throws {
        let someone = Operator(
            [
                ("Address", "https://nms.example.net"), ("Where", "NMS_TOKEN"), ("Enter it again", "yes"),
                ("Where", "NMS_READ_TOKEN"), ("Another", "no"),
            ],
            ends: [LoginTrial.End(isFine: false, words: "login failed: 401")])
        let (text, settings) = try write(someone)
        #expect(someone.said.contains("login failed: 401") && someone.said.contains("logged in"))
        #expect(settings.backends.map(\.secret) == [.environment("NMS_READ_TOKEN")])
        #expect(
            settings.backends[0].endpoint.origin.host == "nms.example.net" && !text.contains("NMS_TOKEN\""))
    }

    @Test(
        "where a secret comes from is understood as people write it, and the secret itself is refused",
        arguments: [
            ("env NMS_TOKEN", SecretSource.environment("NMS_TOKEN")),
            ("NMS_TOKEN", .environment("NMS_TOKEN")),
            ("$nms_token", .environment("nms_token")), ("env $NMS", .environment("NMS")),
            ("/etc/token", .file("/etc/token")), ("~/t", .file("~/t")), ("file t", .file("t")),
            ("pass show nms", .command(["pass", "show", "nms"])), ("command get", .command(["get"])),
            ("env", nil), ("a3f09c7be1d2445590aa", nil), ("A3F09C7BE1D2445590AA", nil), ("hunter2", nil),
            ("", nil),
        ] as [(String, SecretSource?)])
    func source(line: String, wanted: SecretSource?) {
        #expect(InitDialog.source(in: line) == wanted)
    }

    @Test("the secret itself is not repeated when it is refused")
    func refused() throws {
        let someone = Operator([
            ("Address", "https://nms.example.net"), ("Where", "a3f09c7be1d2445590aa"), ("Where", "NMS_TOKEN"),
            ("Another", "no"),
        ])
        let (text, _) = try write(someone)
        #expect(someone.said.contains { $0.hasPrefix("the token itself is not stored") })
        #expect(!(text + someone.said.joined()).contains("a3f09c7be1d2445590aa"))
    }

    @Test("an existing file stays as it is, and nobody is asked where there is no terminal")
    func existing() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/config.toml"
        try "mine".write(toFile: path, atomically: true, encoding: .utf8)
        var given = InitCommand.Given(config: path)
        #expect(throws: Failure.self) { try InitDialog(given: given, prompt: nil).write() }
        #expect(directory.text(of: "config.toml") == "mine")
        given.config = "\(directory.path)/other.toml"
        #expect(throws: Failure.self) { try InitDialog(given: given, prompt: nil).write() }
        given.kind = "librenms"
        given.url = "https://nms.example.net"
        given.name = "core"
        given.secretEnv = "NMS_TOKEN"
        #expect(try InitDialog(given: given, prompt: nil).write() == given.config)
    }

    @Test("the login is tried at the server, and nothing is left beside the configuration")
    func trial() async throws {
        let server = SimulatedServer(
            api: .libreNMS(.modern), world: World(scale: 100, withOddities: false), tokens: Provider.tokens)
        try await server.start()
        let directory = try TemporaryDirectory()
        try Provider.tokens.admin.write(
            toFile: "\(directory.path)/token", atomically: true, encoding: .utf8)
        try "wrong".write(toFile: "\(directory.path)/wrong", atomically: true, encoding: .utf8)
        for name in ["token", "wrong"] { chmod("\(directory.path)/\(name)", 0o600) }
        let url = server.url ?? ""
        let path = directory.path
        let ends = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: ["token", "wrong"].map { name in
                        LoginTrial.run(
                            ConfigurationSketch([
                                ConfigurationSketch.Backend(
                                    name: "core", kind: "librenms", url: url, user: nil, secret: .file(name))
                            ]), "\(path)/config.toml")
                    })
            }
        }
        await server.stop()
        #expect(ends[0].isFine && ends[0].words.hasPrefix("logged in: "), "\(ends)")
        #expect(!ends[1].isFine && ends[1].words.hasPrefix("login failed: "), "\(ends)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["token", "wrong"])
    }
}
