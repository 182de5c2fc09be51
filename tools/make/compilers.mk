# Compilers and flags. ARCH is x86_64, i686 (Windows) or native (Linux).

CC_x86_64 := x86_64-w64-mingw32-gcc
CC_i686 := i686-w64-mingw32-gcc
AR_x86_64 := x86_64-w64-mingw32-ar
AR_i686 := i686-w64-mingw32-ar
CC_native := gcc
CC_clang := clang
# Debian's name for it until the package wine is there too.
WINEBUILD := $(or $(shell command -v winebuild),winebuild-stable)

WARN := -Wall -Wextra -Werror -Wmissing-prototypes -Wstrict-prototypes -Wshadow -Wvla
CFLAGS_ALL := -std=c11 -g $(WARN) -Iinclude -Idlls -DCORK_VERSION='"$(VERSION)"' -MMD -MP
# Reproducible: no path of the machine that built it.
CFLAGS_ALL += -ffile-prefix-map='$(CURDIR)=.' -fno-strict-aliasing
CFLAGS_win := $(CFLAGS_ALL) -O2 -D_WIN32_WINNT=0x0602 -DWIN32_LEAN_AND_MEAN -Wno-unknown-pragmas
CFLAGS_x86_64 := $(CFLAGS_win)
CFLAGS_i686 := $(CFLAGS_win) -mstackrealign
CFLAGS_native := $(CFLAGS_ALL) -O2 -D_GNU_SOURCE

# Sanitized native builds of the portable parts.
SAN_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
SAN_tsan := -O1 -fsanitize=thread -fno-omit-frame-pointer
SAN_none := -O2
SAN_gcov := -O0 --coverage

# $(call write_deps,TARGET,SOURCES,FLAGS): a recipe's line for a program that is made of several sources at once: gcc writes the
# headers of the last one only, this writes those of all to TARGET.d.
write_deps = $(CC_native) $(filter-out -MMD,$(CFLAGS_native)) $(3) -MM -MT $(1) $(2) >$(1).d
