import Foundation
import Testing

extension EndToEnd {
    @Suite("On a wall")
    struct WallboardTests {
        private static func wall(_ more: String = "") -> String {
            "[[wallboard]]\nname = \"wall\"\nlock = true\n\(more)\n[[wallboard.page]]\nview = \"alerts\"\n"
        }

        @Test("--once prints the first page as wide as it is told, and ends with 0")
        func once() async throws {
            let run = try await Scratch().nocturne(
                "--demo", "--scale", "300", "--once", adding: ["COLUMNS": "90", "LINES": "30"])
            #expect(run.status == 0, "\(run.error)")
            let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 31 && lines.last == "")
            #expect(lines.allSatisfy { $0.count <= 90 } && lines.contains { $0.count > 60 })
            #expect(run.output.contains("▲ critical") && !run.output.contains("\u{1B}"))
        }

        @Test("--once ends with 2 and the page when a server fails, and with 1 without a server")
        func onceFailing() async throws {
            let scratch = try Scratch()
            try scratch.write(
                """
                [[backend]]
                name = "gone"
                kind = "librenms"
                url = "http://127.0.0.1:1"
                token = { env = "GONE" }
                """, to: "config/nocturne/config.toml")
            let run = try await scratch.nocturne("--wallboard", "--once", adding: ["GONE": "t0ken"])
            #expect(run.status == 2, "\(run.error)")
            #expect(run.error.contains("gone: ") && run.output.contains("NOT ALL IS KNOWN"))
            let other = try await scratch.nocturne("--wallboard", "noc", "--once", adding: ["GONE": "t0ken"])
            #expect(other.status == 1 && other.error.contains("there is no wallboard noc"))
            let none = try await Scratch().nocturne("--wallboard")
            #expect(none.status == 1 && none.error.contains("no configuration"))
        }

        @Test(
            "begins without a question, is deaf to everything but signals when locked, and leaves the terminal as it was"
        )
        func locked() async throws {
            let scratch = try Scratch()
            try scratch.write(Self.wall(), to: "wall.toml")
            try await withScreen(scratch, height: 40) { screen in
                let modes = try await screen.modes()
                try await screen.start(
                    "--demo --scale 300 --wallboard wall --config \(scratch.path)/wall.toml")
                await screen.until(shows: "page 1/1")
                try await screen.press("q", "q", "C-c", "C-z", "C-\\")
                try scratch.write(Self.wall("theme = \"nope\""), to: "wall.toml")
                #expect(kill(screen.pid, SIGUSR2) == 0)
                await screen.until(shows: "the old configuration stays: ")
                await screen.until(shows: "wall.toml:4:9: error: there is no theme \"nope\"")
                try scratch.write(
                    Self.wall() + "[[wallboard.page]]\nview = \"map\"\n", to: "wall.toml")
                #expect(kill(screen.pid, SIGUSR2) == 0)
                await screen.until(shows: "page 1/2")
                #expect(kill(screen.pid, SIGUSR1) == 0)
                await screen.until(shows: "page 2/2")
                #expect(kill(screen.pid, SIGHUP) == 0)
                #expect(try await screen.expectSane(modes) == "\(128 + SIGHUP)")
            }
        }
    }
}
