import Foundation
import Testing

extension EndToEnd {
    @Suite("A program of the operator's in a terminal")
    struct OwnCommandTests {
        /// A program that shows what it got and waits for a line.
        private static let script = """
            #!/bin/sh
            echo "got $# words:$(printf ' <%s>' "$@")"
            echo "secret:${NMS_SECRET-none} plain:${PLAIN-none}"
            trap 'echo interrupted by you' INT
            read -r answer || read -r answer
            echo "printed $answer"
            [ "$answer" = kill ] && kill -9 $$
            [ "$answer" = fail ] && exit 3
            exit 0
            """

        private func withProgram(
            _ more: String = "", options: String = "",
            _ story: (Screen, String) async throws -> Void
        ) async throws {
            let scratch = try Scratch()
            let program = try scratch.write(Self.script, to: "own", permissions: 0o700)
            try scratch.write(
                """
                [[backend]]
                name = "other"
                kind = "librenms"
                url = "https://nms.example.net"
                token = { env = "NMS_SECRET" }

                [[command]]
                title = "Own"
                key = "F6"
                panes = ["devices"]
                run = ["\(program)", "{name}", "two words", "$HOME;"]
                \(more)
                """, to: "own.toml")
            try await withScreen(scratch, adding: ["NMS_SECRET": "s3cret", "PLAIN": "seen"]) { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300 --config own.toml \(options)")
                await screen.until(shows: "WORST")
                try await screen.press("1")
                await screen.until("devices are there") { $0.contains("POLLED") && $0.contains("acc-sw") }
                try await screen.press("F6")
                try await story(screen, modes)
            }
        }

        private func leave(_ screen: Screen, _ modes: String) async throws {
            try await screen.press("Q")
            let status = try await screen.expectSane(modes)
            #expect(status == "0")
        }

        private func audit(_ screen: Screen) -> [String] {
            screen.scratch.text(of: "state/nocturne/audit-demo.jsonl").split(separator: "\n").map(String.init)
        }

        @Test(
            "it has the terminal with its words as they are, without secrets; the screen comes back, at its new size"
        )
        func terminal() async throws {
            try await withProgram { screen, modes in
                await screen.until(shows: "got 3 words: <")
                let text = await screen.text()
                #expect(text.contains("<two words> <$HOME;>"))
                #expect(text.contains("secret:none plain:seen") && !text.contains("s3cret"))
                #expect(try await screen.fact("alternate_on") == "0")
                #expect(try await screen.fact("cursor_flag") == "1")
                // Written down before it ends, without a result yet.
                #expect(audit(screen).count == 1 && audit(screen)[0].contains("run Own"))
                try await screen.resize(to: 100, 25)
                try await screen.enter("hello")
                await screen.until(shows: "Own for ")
                #expect(try await screen.fact("alternate_on") == "1")
                await screen.until("the last line is the keys'") {
                    $0.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(24).first?
                        .contains("palette") == true
                }
                await screen.until("the result is written down") { _ in audit(screen).count == 2 }
                #expect(audit(screen)[1].contains("accepted"))
                try await leave(screen, modes)
            }
        }

        @Test("ctrl-C is the program's and not nocturne's")
        func interrupt() async throws {
            try await withProgram { screen, modes in
                await screen.until(shows: "got 3 words")
                try await screen.press("C-c")
                await screen.until(shows: "interrupted by you")
                try await screen.enter("hello")
                await screen.until(shows: "Own for ")
                try await leave(screen, modes)
            }
        }

        @Test(
            "one that fails or is killed says so on its own screen, and on ours after a key",
            arguments: [("fail", "exit code 3"), ("kill", "signal 9 (SIGKILL)")])
        func failing(answer: String, words: String) async throws {
            try await withProgram { screen, modes in
                await screen.until(shows: "got 3 words")
                try await screen.enter(answer)
                await screen.until(shows: "press Enter to return to nocturne")
                #expect(await screen.text().contains("printed \(answer)"))
                #expect(await screen.text().contains(words))
                try await screen.press("Enter")
                await screen.until("the screen is back") { $0.contains(words) && $0.contains("palette") }
                try await leave(screen, modes)
            }
        }

        @Test("ctrl-Z stops both, and fg goes on where they were")
        func suspending() async throws {
            try await withProgram { screen, modes in
                await screen.until(shows: "got 3 words")
                try await screen.press("C-z")
                _ = try await screen.expectSane(modes)
                try await screen.enter("fg")
                try await screen.enter("hello")
                await screen.until(shows: "Own for ")
                try await leave(screen, modes)
            }
        }

        @Test("captured, its output is a page and it has no terminal")
        func captured() async throws {
            try await withProgram("capture = true") { screen, modes in
                await screen.until(shows: "got 3 words")
                #expect(try await screen.fact("alternate_on") == "1")
                await screen.until(shows: "ended")
                try await screen.press("Escape")
                await screen.until("the page is gone") { !$0.contains("got 3 words") }
                try await leave(screen, modes)
            }
        }

        @Test("in read-only its key starts nothing")
        func readOnly() async throws {
            try await withProgram(options: "--read-only") { screen, modes in
                await screen.until(shows: "read-only: Own is not marked safe = true")
                #expect(audit(screen).isEmpty)
                try await leave(screen, modes)
            }
        }
    }
}
