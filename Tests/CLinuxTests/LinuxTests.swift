import CLinux
import Testing

@Suite("files")
struct FileTests {
    /// A directory of its own for one test.
    private func scratch() -> String {
        var number: UInt64 = 0
        _ = clinux_random(&number, 8)
        return "/tmp/nocturne-tests-\(number)"
    }

    @Test("a record is made for its owner only, and grows")
    func append() {
        let directory = scratch()
        #expect(clinux_make_directories(directory + "/a/b") == 0)
        #expect(clinux_make_directories(directory + "/a/b/") == 0)
        let path = directory + "/a/b/audit.jsonl"
        for text in ["one\n", "two\n"] {
            let file = clinux_open_append(path)
            #expect(file >= 0)
            #expect(clinux_lock(file, 1) == 0)
            #expect(clinux_write(file, text, text.utf8.count) == 0)
            #expect(clinux_sync(file) == 0)
            #expect(clinux_unlock(file) == 0)
            _ = clinux_close(file)
        }
        let file = clinux_open_read(path)
        var facts = clinux_file_facts()
        #expect(clinux_facts(file, &facts) == 0)
        #expect(facts.permissions == 0o600)
        #expect(facts.owner == clinux_user())
        #expect(facts.size == 8)
        #expect(facts.is_regular != 0)
        var buffer = [UInt8](repeating: 0, count: 20)
        let count = clinux_read(file, &buffer, buffer.count)
        #expect(String(decoding: buffer.prefix(Int(count)), as: UTF8.self) == "one\ntwo\n")
        _ = clinux_close(file)
        _ = clinux_remove(path)
    }

    @Test("a lock that another holds is told at once when not waited for")
    func lock() {
        let path = scratch()
        let one = clinux_open_append(path)
        let two = clinux_open_append(path)
        #expect(clinux_lock(one, 0) == 0)
        #expect(clinux_lock(two, 0) == -11)
        #expect(clinux_unlock(one) == 0)
        #expect(clinux_lock(two, 0) == 0)
        _ = clinux_close(one)
        _ = clinux_close(two)
        _ = clinux_remove(path)
    }

    @Test("a new file never takes over one that is there, nor a link")
    func exclusive() {
        let path = scratch()
        let file = clinux_open_new(path)
        #expect(file >= 0)
        #expect(clinux_open_new(path) == -17)
        _ = clinux_close(file)
        _ = clinux_remove(path)
    }

    @Test("an error says what it means")
    func errors() {
        #expect(clinux_open_read("/nonexistent") == -2)
        var buffer = [CChar](repeating: 0, count: 100)
        clinux_error_text(-2, &buffer, buffer.count)
        #expect(
            String(decoding: buffer.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
                == "No such file or directory")
    }
}

@Suite("waiting")
struct WaitTests {
    @Test("a bell wakes until it is silenced")
    func bell() {
        let bell = clinux_bell_open()
        #expect(clinux_wait([bell], 1, 0) == 0)
        clinux_bell_ring(bell)
        clinux_bell_ring(bell)
        #expect(clinux_wait([-1, bell], 2, -1) == 2)
        clinux_bell_silence(bell)
        #expect(clinux_wait([bell], 1, 0) == 0)
        _ = clinux_close(bell)
    }

    @Test("the clocks go forward, and local time is the wall clock's")
    func clocks() {
        let first = clinux_boot_nanoseconds()
        #expect(clinux_boot_nanoseconds() >= first)
        let time = clinux_local_time(1_700_000_000)
        #expect(time.year == 2023 && time.month == 11)
        let seconds =
            (Int64(time.hour) * 60 + Int64(time.minute)) * 60 + Int64(time.second) - Int64(time.offset)
        #expect((seconds % 86_400 + 86_400) % 86_400 == 1_700_000_000 % 86_400)
    }
}
