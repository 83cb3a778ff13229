import CLinux
import Foundation
import Testing

extension EndToEnd {
    /// The examples of the README and of docs: every box that says `sh demo`.
    @Suite("The examples of the documents")
    struct ExampleTests {
        static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")

        struct Example: CustomTestStringConvertible, Sendable {
            let document: String
            let number: Int
            let script: String
            var testDescription: String { "\(document), \(number)" }
        }

        static let examples: [Example] = {
            let names =
                (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs").path))
                ?? []
            let documents = ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
            return documents.flatMap { document -> [Example] in
                let text = (try? String(contentsOf: root.appending(path: document), encoding: .utf8)) ?? ""
                return text.matches(of: /(?m)^```sh demo\n((?s).*?)\n```$/).enumerated().map { place, match in
                    Example(document: document, number: place + 1, script: String(match.1))
                }
            }
        }()

        @Test("there are examples in the README and in the document about scripts")
        func some() {
            #expect(Self.examples.contains { $0.document == "README.md" })
            #expect(Self.examples.count { $0.document == "docs/scripting.md" } > 3)
        }

        @Test("each runs to its end against the simulated servers", arguments: examples)
        func runs(example: Example) async throws {
            let scratch = try Scratch()
            let bin = "\(scratch.path)/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: "\(bin)/nocturne", withDestinationPath: Scratch.program)
            try scratch.write(example.script, to: "example")
            let path = scratch.environment["PATH"] ?? ""
            let run = try await scratch.shell(
                """
                cd "$HOME" && mkdir -p config/nocturne && umask 077
                nocturne simulate --scale 300 >config/nocturne/config.toml 2>/dev/null &
                simulator=$!
                trap 'kill $simulator' EXIT
                while ! grep -q 'edge' config/nocturne/config.toml || ! tail -n 1 config/nocturne/config.toml | grep -q ']'
                do sleep 0.1; done
                sh -eu example
                """, adding: ["PATH": "\(bin):\(path)"])
            #expect(run.status == 0, "\(example.script)\n\(run.output.prefix(2000))\n\(run.error)")
        }
    }
}
