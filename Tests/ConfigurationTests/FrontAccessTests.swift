import AdapterKit
import Foundation
import HTTP
import Testing

@testable import Configuration

@Suite("What stands before an API")
struct FrontAccessTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private let environment = ["ID": "1d", "PASSWORD": " pass word ", "TOKEN": "abc"]

    private func fields(_ reading: Settings.Reading) throws -> [Header] {
        #expect(reading.complaints == [])
        return try #require(reading.settings.backends.first).front.fields(
            SecretResolver(environment: environment, withheld: []))
    }

    @Test("headers come from variables, files and commands, as secrets")
    func headers() throws {
        try scratch.write("from a file \n", to: "secret")
        let reading = try scratch.read(
            Example.core + """
                [backend.headers]
                CF-Access-Client-Id = { env = "ID" }
                CF-Access-Client-Secret = { file = "secret" }
                X-Third = { command = ["echo", "from a command"] }
                """)
        #expect(
            try fields(reading) == [
                Header("CF-Access-Client-Id", "1d"), Header("CF-Access-Client-Secret", "from a file"),
                Header("X-Third", "from a command"),
            ])
        #expect(SecretResolver.variables(of: reading.settings) == ["NMS_TOKEN", "ID"])
    }

    @Test("a header that stands in the file is a secret like any other")
    func written() throws {
        let text = Example.core + "headers = { X-Key = \"hunter2\" }\n"
        #expect(try fields(scratch.read(text)) == [Header("X-Key", "hunter2")])
        let exposed = try scratch.read(text, permissions: 0o644)
        #expect(exposed.settings.backends.isEmpty)
        #expect(!"\(exposed.complaints)".contains("hunter2"))
    }

    @Test(
        "user and password of a backend that takes a token are sent as HTTP Basic beside it, and so is basic",
        arguments: [
            "user = \"web\"\npassword = { env = \"PASSWORD\" }\n",
            "basic = { user = \"web\", password = { env = \"PASSWORD\" } }\n",
        ])
    func basic(keys: String) throws {
        let reading = try scratch.read(Example.core + keys)
        // A blank belongs to a password.
        #expect(try fields(reading) == [Header("Authorization", "Basic d2ViOiBwYXNzIHdvcmQg")])
        #expect(reading.settings.backends.first?.user == nil)
        #expect(SecretResolver.variables(of: reading.settings) == ["NMS_TOKEN", "PASSWORD"])
    }

    @Test(
        "what would frame the message, change the request or stand in the way of the credentials is refused",
        arguments: [
            ("headers = { Host = { env = \"ID\" } }", "Host is for the transport"),
            ("headers = { \"Content-Length\" = { env = \"ID\" } }", "for the transport"),
            ("headers = { x-http-method-override = { env = \"ID\" } }", "behind the gate"),
            ("headers = { _method = { env = \"ID\" } }", "behind the gate"),
            ("headers = { \"a b\" = { env = \"ID\" } }", "may not have"),
            ("headers = { x-auth-token = { env = \"ID\" } }", "carries token of LibreNMS"),
            ("headers = { Accept = { env = \"ID\" } }", "for nocturne to set"),
            ("headers = { X-A = { env = \"ID\" }, x-a = { env = \"ID\" } }", "twice"),
            ("user = \"web\"", "belong together"),
            (
                "user = \"web\"\npassword = { env = \"ID\" }\nheaders = { Authorization = { env = \"ID\" } }",
                "HTTP Basic already"
            ),
            (
                "user = \"web\"\npassword = { env = \"ID\" }\nbasic = { user = \"a\", password = { env = \"ID\" } }",
                "either basic"
            ),
            ("basic = { user = \"web\" }", "needs password"),
        ])
    func refused(line: String, words: String) throws {
        let reading = try scratch.read(Example.core + line + "\n")
        #expect(reading.settings.backends.isEmpty)
        #expect(
            reading.complaints.contains { $0.words.contains(words) && $0.weight == .error },
            "\(reading.complaints)")
    }

    @Test("a backend that takes its own login in Authorization can't have another account there, and says so")
    func ownLogin() throws {
        let text = """
            [[backend]]
            name = "access"
            kind = "krill"
            url = "https://krill.example.net"
            user = "noc"
            password = { env = "PASSWORD" }

            """
        #expect(try fields(scratch.read(text + "headers = { X-Key = { env = \"ID\" } }\n")).count == 1)
        for line in [
            "basic = { user = \"web\", password = { env = \"ID\" } }\n",
            "headers = { authorization = { env = \"ID\" } }\n",
        ] {
            let reading = try scratch.read(text + line)
            #expect(reading.settings.backends.isEmpty)
            #expect(reading.complaints.contains { $0.words.lowercased().contains("authorization") })
        }
    }

    @Test("a user of HTTP Basic has no colon")
    func colon() throws {
        let front = FrontAccess(
            basic: .init(user: .written(Secret("a:b")), password: .written(Secret("hunter2"))))
        let error = #expect(throws: SecretError.self) {
            try front.fields(SecretResolver(environment: [:], withheld: []))
        }
        #expect(error?.words.contains("colon") == true && error?.words.contains("hunter2") == false)
    }
}
