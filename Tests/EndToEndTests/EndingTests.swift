import Foundation
import Testing

extension EndToEnd {
    @Suite("However it ends, the terminal is left as it was found")
    struct EndingTests {
        @Test("by a signal, which it dies of", arguments: [SIGTERM, SIGHUP, SIGINT])
        func signals(number: Int32) async throws {
            try await withScreen { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                #expect(kill(screen.pid, number) == 0)
                #expect(try await screen.expectSane(modes) == "\(128 + number)")
            }
        }

        @Test(
            "by a crash, and by every other signal that ends programs",
            arguments: [SIGSEGV, SIGABRT, SIGALRM, SIGXCPU, SIGPROF, SIGIO, SIGPWR, 34, 64])
        func crash(number: Int32) async throws {
            try await withScreen { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                #expect(kill(screen.pid, number) == 0)
                #expect(try await screen.expectSane(modes) == "\(128 + number)")
            }
        }

        @Test("by Ctrl-C, which is a key like any other signal")
        func interrupt() async throws {
            try await withScreen { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                try await screen.press("C-c")
                #expect(try await screen.expectSane(modes) == "130")
            }
        }

        @Test("and while it is stopped; fg brings everything back")
        func suspend() async throws {
            try await withScreen { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                try await screen.press("1")
                await screen.until(shows: "STATUS▲")
                for _ in 0..<2 {
                    try await screen.press("C-z")
                    _ = try await screen.expectSane(modes)
                    try await screen.enter("fg")
                    await screen.until(shows: "STATUS▲")
                    #expect(try await screen.fact("alternate_on") == "1")
                    try await screen.press("j")
                }
                try await screen.press("Q")
                #expect(try await screen.expectSane(modes) == "0")
            }
        }

        @Test("by a crash while it is stopped, when the terminal is the shell's")
        func crashWhileStopped() async throws {
            try await withScreen { screen in
                let modes = try await screen.modes()
                try await screen.start("--demo --scale 300")
                await screen.until(shows: "WORST")
                try await screen.press("C-z")
                _ = try await screen.expectSane(modes)
                #expect(kill(screen.pid, SIGSEGV) == 0)
                #expect(kill(screen.pid, SIGCONT) == 0)
                try await screen.enter("clear; wait; echo waited")
                await screen.until("the shell has waited, on a line of its own") {
                    $0.split(separator: "\n").contains("waited")
                }
                _ = try await screen.expectSane(modes)
            }
        }
    }
}
