import AdapterKit
import Foundation
import Testing

@testable import Configuration

@Suite("Fetching secrets")
struct SecretTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func resolve(_ source: SecretSource, limit: Double = 20) throws(SecretError) -> String {
        let environment = ["TOKEN": "abc", "EMPTY": "", "LINES": "a\nb"]
        return try SecretResolver(environment: environment, withheld: ["HOME"], commandLimit: limit)
            .resolve(source).exposed
    }

    private func words(_ source: SecretSource, limit: Double = 20) throws -> String {
        try #require(throws: SecretError.self) { try resolve(source, limit: limit) }.words
    }

    @Test("a variable gives its text, and one that is absent, empty or of several lines is refused by name")
    func environment() throws {
        #expect(try resolve(.environment("TOKEN")) == "abc")
        #expect(try words(.environment("ABSENT")).contains("ABSENT is not set"))
        #expect(try words(.environment("EMPTY")).contains("EMPTY is empty"))
        #expect(try words(.environment("LINES")).contains("more than one line"))
    }

    @Test("a file gives its one line, and is refused with the fix when others can read it")
    func file() throws {
        #expect(try resolve(.file(try scratch.write("s3cret\n", to: "a"))) == "s3cret")
        #expect(try resolve(.file(try scratch.write("s3cret\r\n", to: "a"))) == "s3cret")
        #expect(try resolve(.file(try scratch.write("s3 cret", to: "a"))) == "s3 cret")
        let exposed = try scratch.write("s3cret", to: "a", permissions: 0o640)
        let words = try words(.file(exposed))
        #expect(words.contains("chmod 600 \(exposed)"))
        #expect(!words.contains("s3cret"))
        #expect(try self.words(.file("/nonexistent")).contains("No such file"))
        #expect(try self.words(.file(scratch.directory.path)).contains("is not a file"))
    }

    @Test("a file that systemd hands over may look readable by its group, and by nobody else")
    func handedOver() throws {
        func resolve(_ path: String) throws(SecretError) -> String {
            try SecretResolver(
                environment: ["CREDENTIALS_DIRECTORY": scratch.path("run/wall")], withheld: []
            ).resolve(.file(path)).exposed
        }
        #expect(try resolve(try scratch.write("s3cret", to: "run/wall/core", permissions: 0o440)) == "s3cret")
        for (path, permissions) in [
            ("run/wall/core", 0o444), ("run/wall/core", 0o460), ("run/wallet", 0o440), ("core", 0o440),
        ] {
            let file = try scratch.write("s3cret", to: path, permissions: permissions)
            #expect(throws: SecretError.self) { try resolve(file) }
        }
        #expect(throws: SecretError.self) { try resolve(scratch.path("run/wall/../../core")) }
    }

    @Test(
        "a secret that would end a header is refused",
        arguments: ["a\n\n", "a\r\nX-More: 1", "a\u{0}b", "\n"])
    func hostile(text: String) throws {
        let words = try words(.file(try scratch.write(text, to: "a")))
        #expect(!words.contains("X-More"))
    }

    @Test(
        "a token is taken without the invisible characters around it",
        arguments: [
            "\u{FEFF}t0ken", "t0ken ", "t0ken\u{A0}", "\u{200B}t0ken\u{2060}\n", "\u{FEFF} t0ken \r\n",
            "\tt0ken",
        ])
    func invisible(text: String) throws {
        let resolver = SecretResolver(environment: ["TOKEN": text], withheld: [])
        #expect(try resolver.resolve(.environment("TOKEN"), as: .token).exposed == "t0ken")
        #expect(try resolver.resolve(.written(Secret(text)), as: .token).exposed == "t0ken")
        #expect(
            try resolver.resolve(.file(try scratch.write(text, to: "a")), as: .token).exposed == "t0ken")
    }

    @Test("an invisible character within a token is told, by its number")
    func invisibleWithin() throws {
        let resolver = SecretResolver(environment: ["TOKEN": "t0\u{200B}ken"], withheld: [])
        let error = #expect(throws: SecretError.self) {
            try resolver.resolve(.environment("TOKEN"), as: .token)
        }
        #expect(error?.words.contains("invisible character in it (U+200B)") == true)
        #expect(error?.words.contains("ken") == false)
    }

    @Test("a password keeps the blanks that a keyboard types, and nothing else that is invisible around it")
    func passwords() throws {
        let resolver = SecretResolver(environment: ["A": "\u{FEFF} pass word \u{A0}"], withheld: [])
        #expect(try resolver.resolve(.environment("A")).exposed == " pass word ")
    }

    @Test("a command gives what it prints, and does not see the variables of secrets")
    func command() throws {
        #expect(try resolve(.command(["printf", "%s\\n", "from a command"])) == "from a command")
        #expect(try resolve(.command(["sh", "-c", "echo \"<${HOME-none}>\""])) == "<none>")
    }

    @Test("a command that fails is told by its code, never by what it printed")
    func failing() throws {
        let words = try words(.command(["sh", "-c", "echo hunter2; echo hunter2 >&2; exit 3"]))
        #expect(words.contains("the command sh ended with code 3"))
        #expect(!words.contains("hunter2"))
    }

    @Test("a command that is not there, says nothing, or never ends is told apart")
    func odd() throws {
        #expect(try words(.command(["/nonexistent/pass"])).contains("can't be run: No such file"))
        #expect(try words(.command(["true"])).contains("the command true is empty"))
        #expect(try words(.command(["sleep", "1000"]), limit: 0.05).contains("no answer within"))
        #expect(try words(.command(["cat", "/dev/zero"])).contains("too much"))
    }

    @Test("a command can't ask on the terminal: it has none, and nothing to read")
    func noTerminal() throws {
        let script = "read line; (: </dev/tty) 2>/dev/null || echo \"<$line> none\""
        #expect(try resolve(.command(["sh", "-c", script])) == "<> none")
    }

    @Test("a secret is shown nowhere")
    func hidden() {
        let source = SecretSource.written(Secret("hunter2"))
        #expect(!"\(source)".contains("hunter2"))
        #expect(!String(reflecting: source).contains("hunter2"))
        #expect(!source.words.contains("hunter2"))
    }

    @Test("the variables that hold secrets are known, to be withheld from programs")
    func variables() throws {
        let reading = try scratch.read(Example.core)
        #expect(SecretResolver.variables(of: reading.settings) == ["NMS_TOKEN"])
    }
}
