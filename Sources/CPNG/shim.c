#include "CPNG.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

static int fail(png_image *image, char *message, size_t capacity) {
    snprintf(message, capacity, "%s", image->message);
    png_image_free(image);
    return 0;
}

static int begin(png_image *image, const uint8_t *bytes, size_t count, char *message, size_t capacity) {
    memset(image, 0, sizeof *image);
    image->version = PNG_IMAGE_VERSION;
    return png_image_begin_read_from_memory(image, bytes, count) ? 1 : fail(image, message, capacity);
}

int cpng_size(
    const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, char *message, size_t capacity) {
    png_image image;
    if (!begin(&image, bytes, count, message, capacity)) return 0;
    *width = image.width;
    *height = image.height;
    png_image_free(&image);
    return 1;
}

int cpng_decode(
    const uint8_t *bytes, size_t count, uint8_t *pixels, size_t room, char *message, size_t capacity) {
    png_image image;
    if (!begin(&image, bytes, count, message, capacity)) return 0;
    image.format = PNG_FORMAT_RGBA;
    if (PNG_IMAGE_SIZE(image) != room) {
        snprintf(message, capacity, "the size changed");
        png_image_free(&image);
        return 0;
    }
    return png_image_finish_read(&image, NULL, pixels, 0, NULL) ? 1 : fail(&image, message, capacity);
}
