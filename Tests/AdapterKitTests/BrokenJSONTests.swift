import AdapterKit
import Domain
import HTTP
import Testing

@Suite("Answers that are broken JSON")
struct BrokenJSONTests {
    private func words(_ text: String, arrived: Int? = nil) -> String? {
        let count = text.utf8.count
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count + Body.padding, alignment: 16)
        UnsafeMutableRawBufferPointer(start: memory, count: count).copyBytes(from: text.utf8)
        let body = Body(takingOver: memory, count: count, arrived: arrived) { $0.deallocate() }
        do throws(BackendError) {
            _ = try Response(status: 200, headers: [], body: body).json()
            return nil
        } catch { return error.words }
    }

    @Test("a place is one of what the server sent, or says what is not counted")
    func place() {
        #expect(words("[1,x]") == "the answer is broken JSON at byte 3: expected a value, found 'x'")
        #expect(
            words("[1,x]", arrived: 40)
                == "the answer is broken JSON at byte 3, white space between values not counted: "
                + "expected a value, found 'x'")
    }

    @Test("an answer that ends too early ends after what the server sent")
    func early() {
        #expect(words("[1,")?.contains("after 3 bytes") == true)
        #expect(words("[1,", arrived: 40)?.contains("after 40 bytes") == true)
    }
}
