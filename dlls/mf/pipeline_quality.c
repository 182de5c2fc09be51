/* What the quality manager is told. */
#include "mf/pipeline_parts.h"

void quality_input(struct node *node, unsigned int input, IMFSample *sample)
{
    IMFQualityManager *manager = node->pipeline->quality_manager;

    if (manager) IMFQualityManager_NotifyProcessInput(manager, node->topology_node, (LONG)input, sample);
}

void quality_output(struct node *node, unsigned int output, IMFSample *sample)
{
    IMFQualityManager *manager = node->pipeline->quality_manager;

    if (manager) IMFQualityManager_NotifyProcessOutput(manager, node->topology_node, (LONG)output, sample);
}

void quality_event(struct pipeline *pipeline, IUnknown *object, IMFMediaEvent *event)
{
    IMFQualityManager *manager = pipeline->quality_manager;

    if (manager) IMFQualityManager_NotifyQualityEvent(manager, object, event);
}
