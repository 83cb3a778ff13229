import Foundation
import Testing

extension EndToEnd {
    @Suite("The operator's own editor in a terminal")
    struct EditorTests {
        /// An editor that says that it has the terminal and does as it is told in a line.
        private static let script = """
            #!/bin/sh
            echo "the editor has it"
            read -r answer
            [ "$answer" = save ] && sed -i 's/critical/warning/' "$1"
            exit 0
            """

        /// Runs a story on a terminal where the form of a rule is in the editor.
        private func withEditor(_ first: String = "", _ story: (Screen, String) async throws -> Void)
            async throws
        {
            let scratch = try Scratch()
            let editor = try scratch.write(
                Self.script.replacing("echo \"the", with: "\(first)\necho \"the"), to: "editor",
                permissions: 0o700)
            try await withScreen(scratch, adding: ["EDITOR": editor]) { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                try await screen.press("6")
                await screen.until(shows: "BGP Session down")
                try await screen.press("e")
                await screen.until(shows: "Severity: critical")
                try await screen.press("F4")
                await screen.until(shows: "the editor has it")
                #expect(try await screen.fact("alternate_on") == "0")
                try await story(screen, modes)
            }
        }

        /// The files that forms are edited in and that are still there.
        private func forms(_ screen: Screen) -> [String] {
            let files =
                FileManager.default.enumerator(atPath: screen.scratch.path)?.allObjects as? [String] ?? []
            return files.filter { $0.contains("form-") }
        }

        @Test("what was saved is in the form, and the screen is back")
        func saving() async throws {
            try await withEditor { screen, modes in
                #expect(forms(screen).count == 1)
                try await screen.enter("save")
                await screen.until(shows: "Severity*: warning")
                #expect(try await screen.fact("alternate_on") == "1")
                #expect(forms(screen).isEmpty)
                try await screen.press("Escape")
                await screen.until(shows: "nothing was sent")
                try await screen.press("Q")
                let status = try await screen.expectSane(modes)
                #expect(status == "0")
            }
        }

        @Test("ctrl-Z stops both, and fg goes on where they were")
        func suspending() async throws {
            try await withEditor { screen, modes in
                try await screen.press("C-z")
                _ = try await screen.expectSane(modes)
                try await screen.enter("fg")
                try await screen.enter("save")
                await screen.until(shows: "Severity*: warning")
                #expect(try await screen.fact("alternate_on") == "1")
                // At once, the two would be one key with Alt.
                try await screen.press("Escape")
                await screen.until(shows: "nothing was sent")
                try await screen.press("Q")
                let status = try await screen.expectSane(modes)
                #expect(status == "0")
            }
        }

        @Test("SIGTERM ends both, leaves the terminal as it was found, and no file")
        func ending() async throws {
            // As editors do, it has the line in modes of its own.
            try await withEditor("stty raw -echo") { screen, modes in
                #expect(kill(screen.pid, SIGTERM) == 0)
                let status = try await screen.expectSane(modes)
                #expect(status == "143")
                #expect(forms(screen).isEmpty)
            }
        }
    }
}
