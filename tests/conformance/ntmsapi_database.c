/*
 * The database: exported and imported while the service runs.
 */
#include "ntmsapi_test.h"

static char export_folder[MAX_PATH], export_file[MAX_PATH];

/* For a 32-bit program of a 64-bit system, system32 is another folder. */
static void names(void)
{
    BOOL redirected = FALSE;

    IsWow64Process(GetCurrentProcess(), &redirected);
    GetWindowsDirectoryA(export_folder, sizeof(export_folder) - 32);
    strcat(export_folder, redirected ? "\\sysnative\\NtmsData\\Export" : "\\system32\\NtmsData\\Export");
    snprintf(export_file, sizeof(export_file), "%s\\NtmsData.db", export_folder);
}

static void exporting(void)
{
    struct world world;
    HANDLE file = INVALID_HANDLE_VALUE;

    world_begin(&world);
    names();
    ON_WORLD(&world, ExportNtmsDatabase, ERROR_SUCCESS, "The function was successful.");
    OF_WORLD(&world, ExportNtmsDatabase, folder,
             "This function creates a subdirectory called Export and places the consistent files there.",
             GetFileAttributesA(export_file) != INVALID_FILE_ATTRIBUTES);
    ON_WORLD(&world, ExportNtmsDatabase, ERROR_SUCCESS,
             "Any existing files in the Export directory are overwritten by this function.");
    if (world.there)
        file = CreateFileA(export_file, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                           OPEN_EXISTING, 0, NULL);
    ON_WORLD(&world, ExportNtmsDatabase, ERROR_SHARING_VIOLATION,
             "One of the files that the function must write to is open.");
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
    ON_WORLD(&world, ImportNtmsDatabase, ERROR_SUCCESS, "The function was successful.");
    if (world.there)
    {
        file = CreateFileA(export_file, GENERIC_WRITE, 0, NULL, TRUNCATE_EXISTING, 0, NULL);
        CloseHandle(file);
    }
    ON_WORLD(&world, ImportNtmsDatabase, ERROR_DATABASE_FAILURE,
             "The database query or update failed. (what lies in the Export directory is no database)");
    if (world.there) pExportNtmsDatabase(world.session);
    world_end(&world);
}

static const struct test_case cases[] = {{"exporting", exporting}, {NULL, NULL}};
const struct group database_group = {"database", __FILE__, cases};
